package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a program printed that ended well. */
final class Printed {
    private Printed() {}

    static List<String> by(ProcessBuilder program, Path output) throws Exception {
        Process process = program.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0)
                .as(String.join("\n", lines))
                .isTrue();
        return lines;
    }
}
