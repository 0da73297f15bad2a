package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A database as the server has it, started once for a class of tests; every test leaves it empty and idle. */
@ExtendWith(QuietLogs.class)
abstract class DatabaseFixture {
    static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    static ConfigurableApplicationContext context;
    static Database database;
    static Connections connections;

    @EnableConfigurationProperties({DatabaseSettings.class, DataDirectory.class})
    static class Settings {}

    @BeforeAll
    static void start() {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(20));
        context = new SpringApplicationBuilder(DatabaseConfiguration.class, Settings.class)
                .web(WebApplicationType.NONE)
                .initializers((GenericApplicationContext beans) ->
                        beans.registerBean(Timer.class, () -> new HashedWheelTimer()))
                .run("--todo.data.dir=" + folder, "--logging.level.root=error", "--spring.main.banner-mode=off");
        database = context.getBean(Database.class);
        connections = context.getBean(Connections.class);
        get(database.sql("insert into accounts (user_id) values ('alice')").count());
    }

    @AfterAll
    static void stop() {
        StepVerifier.resetDefaultTimeout();
        context.close();
    }

    @AfterEach
    void loseNoConnection() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(connections.inUse()).isZero();
            assertThat(connections.waitedFor()).isZero();
            assertThat(connections.roomForSlow()).isEqualTo(connections.most() - 1);
            assertThat(connections.idle()).isEqualTo(connections.open()).isLessThanOrEqualTo(10);
        });
        get(database.sql("delete from tasks").count());
    }

    static void isUnavailable(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(problem.headers()).containsKey("Retry-After");
        });
    }

    static void whileAllConnectionsAreBusy(Consumer<Runnable> test) {
        AllConnections busy = AllConnections.take(connections, 10);
        test.accept(busy::close);
    }

    static Database with(Database.Limits limits) {
        return new Database(connections, context.getBean(Timer.class), limits, "");
    }

    static Mono<Long> insert(String user) {
        return database.sql("insert into tasks (user_id, title) values (:user_id, 'x')")
                .bind("user_id", user)
                .count();
    }

    static long tasks(String user) {
        return Long.parseLong(text("select count(*) from tasks where user_id = '%s'".formatted(user)));
    }

    static String text(String query) {
        return get(database.sql(query).one(row -> String.valueOf(row.get(0))));
    }

    static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Duration.ofSeconds(20)));
    }

    static void complete(Mono<Void> mono) {
        mono.block(Duration.ofSeconds(20));
    }
}
