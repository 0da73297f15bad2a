package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class LocalSecretTest {
    @TempDir
    Path directory;

    @Test
    void isMadeOnceForTheOwnerAlone() throws IOException {
        Path data = directory.resolve("not/there/yet");
        String secret = LocalSecret.keptIn(data);

        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(LocalSecret.keptIn(data)).isEqualTo(secret);
        Path file = data.resolve("auth-secret");
        assertThat(file).hasContent(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void isTheSameForThreadsThatStartAtOnce() {
        Flux.range(0, 16)
                .flatMap(n ->
                        Mono.fromCallable(() -> LocalSecret.keptIn(directory)).subscribeOn(Schedulers.boundedElastic()))
                .collect(HashSet::new, Set::add)
                .as(StepVerifier::create)
                .assertNext(secrets -> assertThat(secrets).hasSize(1))
                .verifyComplete();
    }

    @Test
    void isTheSameForProcessesThatStartAtOnce() throws Exception {
        List<Process> starts = Stream.generate(this::anotherStart).limit(4).toList();
        Set<String> secrets = new HashSet<>();
        for (Process start : starts) {
            assertThat(start.waitFor()).isZero();
            secrets.add(Files.readString(directory.resolve("seen-by-" + start.pid())));
        }
        assertThat(secrets).containsExactly(LocalSecret.keptIn(directory));
    }

    @Test
    void isWrittenAfterAllWhenTheFirstStartDiedBeforeWritingIt() throws IOException {
        Files.createFile(directory.resolve("auth-secret"));
        assertThat(LocalSecret.keptIn(directory)).hasSize(43).isEqualTo(LocalSecret.keptIn(directory));
    }

    @Test
    void isRefusedWhenDamaged() throws IOException {
        Files.writeString(directory.resolve("auth-secret"), "short\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSecret.keptIn(directory))
                .withMessageContaining("delete the file")
                .withMessageNotContaining("short");
    }

    @Test
    void cannotBeKeptWhereThereIsNoFolder() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSecret.keptIn(file))
                .withMessageContaining("set BETTER_AUTH_SECRET");
    }

    private Process anotherStart() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            return new ProcessBuilder(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Start.class.getName(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Start {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            String secret = LocalSecret.keptIn(directory);
            Files.writeString(
                    directory.resolve("seen-by-" + ProcessHandle.current().pid()), secret);
        }
    }
}
