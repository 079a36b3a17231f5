package io.github.traviscompile.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A leg for tests, which owes the program greet of a locked release build and is asked for nothing else, unless said. */
public final class LegSample {

    private final Platform platform;
    private final Service service;
    private Optional<String> toolchain;
    private CargoBuild build;
    private SortedMap<String, String> environment;
    private List<Output> outputs;
    private Optional<WheelBuild> wheels;
    private Optional<String> smokeTest;
    private LegSetup setup;

    private LegSample(Leg leg) {
        platform = leg.platform();
        service = leg.service();
        toolchain = leg.toolchain();
        build = leg.build();
        environment = leg.environment();
        outputs = leg.outputs();
        wheels = leg.wheels();
        smokeTest = leg.smokeTest();
        setup = leg.setup();
    }

    /** The leg itself. */
    public static Leg greet(Platform platform, Service service) {
        return new Leg(
                platform,
                service,
                Optional.empty(),
                new CargoBuild(List.of("greet"), List.of(), false, "release", true),
                new TreeMap<>(),
                List.of(Output.of(OutputKind.BIN, platform.naming().fileName(OutputKind.BIN, "greet"))),
                Optional.empty(),
                Optional.empty(),
                LegSetup.NONE);
    }

    /** The leg of a project that has no Cargo.lock. */
    public static Leg unlocked(Platform platform, Service service) {
        return of(platform, service)
                .building(new CargoBuild(List.of("greet"), List.of(), false, "release", false))
                .leg();
    }

    public static LegSample of(Platform platform, Service service) {
        return of(greet(platform, service));
    }

    public static LegSample of(Leg leg) {
        return new LegSample(leg);
    }

    public LegSample by(String toolchain) {
        this.toolchain = Optional.of(toolchain);
        return this;
    }

    public LegSample building(CargoBuild build) {
        this.build = build;
        return this;
    }

    public LegSample with(Map<String, String> environment) {
        this.environment = new TreeMap<>(environment);
        return this;
    }

    public LegSample with(LegSetup setup) {
        this.setup = setup;
        return this;
    }

    public LegSample owing(Output... outputs) {
        this.outputs = List.of(outputs);
        return this;
    }

    /** Wheels alone. */
    public LegSample owing(WheelBuild wheels) {
        this.wheels = Optional.of(wheels);
        outputs = wheels.outputs();
        return this;
    }

    public LegSample trying(String smokeTest) {
        this.smokeTest = Optional.of(smokeTest);
        return this;
    }

    public Leg leg() {
        return new Leg(platform, service, toolchain, build, environment, outputs, wheels, smokeTest, setup);
    }
}
