package io.sessionevents.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Set;
import java.util.function.ToLongFunction;

/** A few metrics of the JVM under Micrometer's names; its binders offer several times as many. */
final class JvmMetrics implements AutoCloseable {
    static final String HEAP_USED = "jvm.memory.used";
    static final String HEAP_MAX = "jvm.memory.max";
    static final Set<String> BOUND = Set.of("jvm.gc.pause", "jvm.threads.live", "process.cpu.usage", "process.uptime");

    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** To be made before anything else is registered, for it sets filters. */
    JvmMetrics(MeterRegistry registry) {
        registry.config()
                .meterFilter(MeterFilter.ignoreTags("cause", "action"))
                .meterFilter(MeterFilter.deny(id -> id.getName().matches("(jvm|process|system)\\..*")
                        && !BOUND.contains(id.getName())
                        && !id.getName().equals(HEAP_USED)
                        && !id.getName().equals(HEAP_MAX)));
        // There from the start, not only from the first collection on.
        ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(collector -> Timer.builder("jvm.gc.pause")
                        .description("Time spent in GC pause")
                        .tag("gc", collector.getName())
                        .register(registry));
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        heap(
                registry,
                HEAP_USED,
                "Heap in use",
                memory -> memory.getHeapMemoryUsage().getUsed());
        heap(
                registry,
                HEAP_MAX,
                "Largest heap",
                memory -> memory.getHeapMemoryUsage().getMax());
    }

    @Override
    public void close() {
        collections.close();
    }

    private static void heap(
            MeterRegistry registry, String name, String description, ToLongFunction<MemoryMXBean> bytes) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Gauge.builder(name, () -> bytes.applyAsLong(memory))
                .description(description)
                .baseUnit("bytes")
                .tag("area", "heap")
                .register(registry);
    }
}
