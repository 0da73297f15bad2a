package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README, as it stands there but for the address and the account. */
class ReadmeSdkTest extends ServerTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(import dev.todo.client.*?)```", Pattern.DOTALL);

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

    private List<String> printed(Path source) throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
        return Printed.by(program, folder.resolve("output"));
    }
}
