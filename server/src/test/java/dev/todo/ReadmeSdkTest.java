package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README, as it stands there but for the address and the account. */
class ReadmeSdkTest extends ServerTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theProgramInTheReadmeRuns() throws Exception {
        Matcher readme = JAVA.matcher(Files.readString(README));
        assertThat(readme.find()).isTrue();
        String program = readme.group(1)
                .replace("localhost:8080", "localhost:" + port)
                .replace("bob@example.com", UUID.randomUUID() + "@example.com");
        assertThat(readme.find()).as("one program and no other").isFalse();
        Path source = Files.writeString(folder.resolve("Main.java"), program);

        assertThat(printed(source))
                .containsExactly("Next on 2127-01-01", "Pay rent! 2127-01-01", "/title must not be blank");
    }

    private List<String> printed(Path source) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString())
                .redirectErrorStream(true)
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
