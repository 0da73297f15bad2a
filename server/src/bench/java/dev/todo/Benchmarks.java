package dev.todo;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.todo.web.ContractBenchmark;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Takes the arguments of JMH, and prints one line for each benchmark: what an operation takes, in time and in memory. */
public final class Benchmarks {
    private Benchmarks() {}

    @SuppressWarnings("SystemOut") // The figures are what it is for.
    public static void main(String[] arguments) throws Exception {
        CommandLineOptions given = new CommandLineOptions(arguments);
        Options options = new OptionsBuilder()
                .parent(given)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(5))
                .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
                .measurementIterations(given.getMeasurementIterations().orElse(5))
                .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)))
                .param("request", requests(given))
                .addProfiler(ProcessorTime.class)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        System.out.printf("%-50s %10s %9s %10s %9s %10s%n", "", "us/op", "+-", "CPU us/op", "+-", "bytes/op");
        new Runner(options, printing(System.out)).run();
    }

    /** Unless the arguments name some, those of all operations: so the contract says which there are. */
    private static String[] requests(CommandLineOptions given) {
        return given.getParameter("request")
                .orElseGet(ContractBenchmark::requests)
                .toArray(String[]::new);
    }

    /** JMH would print a page for each benchmark. */
    private static OutputFormat printing(PrintStream out) {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(out, VerboseMode.SILENT);
        return (OutputFormat) Proxy.newProxyInstance(
                Benchmarks.class.getClassLoader(), new Class<?>[] {OutputFormat.class}, (self, method, arguments) -> {
                    if (method.getName().equals("endBenchmark")) {
                        out.println(line((BenchmarkResult) arguments[0]));
                    }
                    return method.invoke(silent, arguments);
                });
    }

    private static String line(BenchmarkResult result) {
        BenchmarkParams benchmark = result.getParams();
        String[] names = benchmark.getBenchmark().split("\\.", -1);
        String parameters = benchmark.getParamsKeys().stream()
                .map(key -> " " + benchmark.getParam(key))
                .collect(joining());
        Result<?> time = result.getPrimaryResult();
        Result<?> processor = requireNonNull(result.getSecondaryResults().get(ProcessorTime.NAME));
        Result<?> memory = requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
        return "%-50s %10.3f %9.3f %10.3f %9.3f %10.0f"
                .formatted(
                        names[names.length - 2] + "." + names[names.length - 1] + parameters,
                        time.getScore(),
                        time.getScoreError(),
                        processor.getScore(),
                        processor.getScoreError(),
                        memory.getScore());
    }
}
