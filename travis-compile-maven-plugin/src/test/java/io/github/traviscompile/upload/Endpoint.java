package io.github.traviscompile.upload;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.RunId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A real endpoint for tests, with two legs of two outputs each and a stopped clock. */
final class Endpoint implements AutoCloseable {

    static final String LIB = "libdemo.so";
    static final String BIN = "demo";
    static final String LEG = "linux-x86_64";
    static final String OTHER_LEG = "linux-aarch_64";
    static final int CAP = 1 << 20;

    static final UploadLimits LIMITS = UploadLimits.DEFAULT;

    private static final SecureRandom RANDOM = new SecureRandom();

    final RunId run = RunId.random(RANDOM);
    final LegKey key = LegKey.random(RANDOM);
    final LegKey otherKey = LegKey.random(RANDOM);
    final AtomicLong nanos = new AtomicLong();
    /** The number of clock readings; the server reads the clock only while it reads a body. */
    final AtomicLong reads = new AtomicLong();

    final List<UploadEvent> events = Collections.synchronizedList(new ArrayList<>());
    final Path directory;
    final UploadServer server;

    Endpoint(Path directory) throws CrossCompileException {
        this(directory, 1L << 40, LIMITS, CAP);
    }

    Endpoint(Path directory, long quota, UploadLimits limits, long cap) throws CrossCompileException {
        this.directory = directory;
        List<Output> outputs = List.of(
                new Output(LIB, "libdemo.so", OutputKind.CDYLIB, cap), new Output(BIN, "Demo", OutputKind.BIN, cap));
        List<LegAccount> legs =
                List.of(new LegAccount(LEG, key, outputs), new LegAccount(OTHER_LEG, otherKey, outputs));
        this.server = UploadServer.open(
                run, legs, UploadStorage.open(directory, quota), 0, limits, events::add, Optional.empty(), () -> {
                    reads.incrementAndGet();
                    return nanos.get();
                });
    }

    LegClient leg() {
        return new LegClient(server.uri(), run, LEG, key);
    }

    <T extends UploadEvent> List<T> events(Class<T> type) {
        synchronized (events) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
