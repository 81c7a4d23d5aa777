package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.config.ConfigurationException;
import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.preflight.Finding;
import io.sessionevents.preflight.Finding.Gravity;
import io.sessionevents.settings.Configuration;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "validate",
        description = {
            "Checks the configuration, Kafka, the schema registry and AWS, and says how to fix what is wrong.",
            "Changes nothing. Exit code 0 if the service can start with every source, 2 if not."
        })
final class ValidateCommand implements Callable<Integer> {
    private static final int INVALID = 2;
    private static final String CONFIGURATION = "configuration";

    private final CommandContext context;
    private final Inspection inspection;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--session",
            paramLabel = "SESSION",
            description = "Looks this session up as well. " + SessionArgument.SESSION)
    private @Nullable String session;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = SessionArgument.SOURCE,
            converter = SourceConverter.class)
    private @Nullable String source;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.table;

    ValidateCommand(CommandContext context, Inspection inspection) {
        this.context = context;
        this.inspection = inspection;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        if (session == null && source != null) {
            throw new ParameterException(commandLine, "--source goes with --session");
        }
        SessionName name = session == null ? null : SessionArgument.parse(commandLine, session, source);
        List<CheckOutcome> outcomes = new ArrayList<>();
        check(name, outcome -> {
            outcomes.add(outcome);
            if (output == OutputFormat.table) {
                print(out, outcome);
            }
        });
        boolean ok = outcomes.stream().allMatch(CheckOutcome::ok);
        if (output == OutputFormat.json) {
            out.println(json(ok, outcomes));
        }
        out.flush();
        return ok ? 0 : INVALID;
    }

    private void check(@Nullable SessionName name, Consumer<CheckOutcome> outcomes) throws InterruptedException {
        Configuration effective;
        try {
            effective = configuration.loader(context).load();
        } catch (ConfigurationException e) {
            outcomes.accept(new CheckOutcome(
                    CONFIGURATION,
                    "",
                    e.problems().stream()
                            .map(problem -> new Finding(problem, "", Gravity.STOPS))
                            .toList()));
            return;
        }
        outcomes.accept(new CheckOutcome(
                CONFIGURATION,
                "is complete and valid",
                effective.warnings().stream()
                        .map(warning -> new Finding(warning, "", Gravity.WARNS))
                        .toList()));
        inspection.check(effective, name, outcomes);
    }

    private static void print(PrintWriter out, CheckOutcome outcome) {
        if (outcome.ok() && (!outcome.seen().isEmpty() || outcome.findings().isEmpty())) {
            out.printf("%-4s %-32s %s%n", "ok", outcome.check(), outcome.seen());
        }
        for (Finding finding : outcome.findings()) {
            String verdict = finding.keepsFromStarting() ? "FAIL" : "warn";
            out.printf("%-4s %-32s %s%n", verdict, outcome.check(), finding.what());
            if (!finding.fix().isEmpty()) {
                out.printf("%5s%s%n", "", finding.fix());
            }
        }
        out.flush();
    }

    private static ObjectNode json(boolean ok, List<CheckOutcome> outcomes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("ok", ok);
        var checks = json.putArray("checks");
        for (CheckOutcome outcome : outcomes) {
            ObjectNode check = checks.addObject()
                    .put("check", outcome.check())
                    .put("ok", outcome.ok())
                    .put("seen", outcome.seen());
            var findings = check.putArray("findings");
            outcome.findings()
                    .forEach(finding -> findings.addObject()
                            .put("what", finding.what())
                            .put("fix", finding.fix())
                            .put("keepsFromStarting", finding.keepsFromStarting())
                            .put("mayPass", finding.mayPass()));
        }
        return json;
    }
}
