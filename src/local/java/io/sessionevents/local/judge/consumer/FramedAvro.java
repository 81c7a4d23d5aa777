package io.sessionevents.local.judge.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads Confluent's framing: a zero byte, the schema's id in four bytes, Avro binary. Schemas come from the registry by its
 * HTTP API and are kept.
 */
final class FramedAvro implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAME_BYTES = 5;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final String registryUrl;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    FramedAvro(String registryUrl) {
        this.registryUrl = registryUrl;
    }

    GenericRecord decode(byte[] value) {
        ByteBuffer frame = ByteBuffer.wrap(value);
        if (value.length < FRAME_BYTES || frame.get() != 0) {
            throw new IllegalArgumentException("no frame: expected a zero byte and a schema id");
        }
        var reader = new GenericDatumReader<GenericRecord>(schemas.computeIfAbsent(frame.getInt(), this::fetch));
        try {
            return reader.read(
                    null, DecoderFactory.get().binaryDecoder(value, FRAME_BYTES, value.length - FRAME_BYTES, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema fetch(int id) {
        URI uri = URI.create(registryUrl + "/schemas/ids/" + id);
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return new Schema.Parser()
                    .parse(JSON.readTree(answer.body()).path("schema").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("no schema from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
