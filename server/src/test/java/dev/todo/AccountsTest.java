package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.Password;
import com.password4j.types.Argon2;
import com.password4j.types.Bcrypt;
import dev.todo.database.SideDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Accounts of our own: registering, logging in and changing. */
class AccountsTest extends AccountTest {
    @Autowired
    private BeanFactory beans;

    @Test
    void registeringSignsIn() {
        String email = "Alice." + newEmail();
        JsonNode signedIn = register(email);

        assertThat(signedIn.path("user").path("email").asString()).isEqualTo(email);
        assertThat(signedIn.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(signedIn.path("expires_in").asInt()).isEqualTo(900);
        JsonNode account = getJson(with(signedIn), "/api/auth/me");
        assertThat(account).isEqualTo(signedIn.path("user"));
        assertThat(account.path("time_zone").asString()).isEqualTo("UTC");
        assertThat(account.path("has_password").asBoolean()).isTrue();
    }

    @Test
    void anAccountHasTasksOfItsOwn() {
        JsonNode alice = register(newEmail());
        post(with(alice), "/api/me/tasks", "{\"title\": \"Mine\"}")
                .expectStatus()
                .isCreated();

        String id = alice.path("user").path("id").asString();
        assertThat(getJson(with(alice), "/api/" + id + "/tasks").path("items")).hasSize(1);
        assertThat(getJson(with(register(newEmail())), "/api/me/tasks").path("items"))
                .isEmpty();
    }

    @Test
    void oneOfManyThatRegisterAtOnceGetsTheAddress() {
        String email = newEmail();
        List<Integer> statuses = Stream.generate(() -> credentials(email, PASSWORD))
                .limit(8)
                .parallel()
                .map(body -> post(anyone, "/api/auth/register", body)
                        .returnResult()
                        .getStatus()
                        .value())
                .sorted()
                .toList();
        assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
    }

    @Test
    void aPasswordMayBeEightEmoji() {
        String email = newEmail();
        String password = "\ud83d\udc34".repeat(7) + "\ud83d\udd0b";
        post(anyone, "/api/auth/register", credentials(email, password))
                .expectStatus()
                .isCreated();
        logIn(email, password).expectStatus().isOk();
        logIn(email, "\ud83d\udc34".repeat(8)).expectStatus().isUnauthorized();
    }

    @Test
    void aWrongAddressAndAWrongPasswordAreAnsweredAlike() {
        String email = newEmail();
        register(email);
        var wrongPassword = answer(email, "not the password");
        var wrongAddress = answer(newEmail(), "not the password");

        assertThat(wrongPassword.getStatus().value()).isEqualTo(401);
        assertThat(wrongAddress.getStatus().value()).isEqualTo(401);
        assertThat(wrongPassword.getResponseBodyContent()).isEqualTo(wrongAddress.getResponseBodyContent());
        assertThat(wrongPassword.getResponseHeaders().headerNames())
                .isEqualTo(wrongAddress.getResponseHeaders().headerNames());
    }

    @Test
    void noRefusalTellsByItsTimeWhatWasChecked() throws SQLException {
        String argon2 = newEmail();
        register(argon2);
        String bcrypt = newEmail();
        register(bcrypt);
        setHash(
                bcrypt,
                Password.hash(PASSWORD).with(BcryptFunction.getInstance(4)).getResult());

        for (String email : List.of(newEmail(), argon2, bcrypt)) {
            long start = System.nanoTime();
            logIn(email, "not the password").expectStatus().isUnauthorized();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
        }
    }

    static Stream<HashingFunction> olderHashes() {
        return Stream.of(
                BcryptFunction.getInstance(Bcrypt.B, 10),
                BcryptFunction.getInstance(Bcrypt.Y, 5),
                Argon2Function.getInstance(8 * 1024, 1, 1, 32, Argon2.ID));
    }

    @ParameterizedTest
    @MethodSource("olderHashes")
    void anOlderHashIsKnownAndReplaced(HashingFunction older) throws SQLException {
        String email = newEmail();
        register(email);
        setHash(email, Password.hash(PASSWORD).with(older).getResult());

        logIn(email, "not the password").expectStatus().isUnauthorized();
        logIn(email, PASSWORD).expectStatus().isOk();

        assertThat(hash(email)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        logIn(email, PASSWORD).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(ints = {72, 73, 90})
    void whatBcryptTakesForThePasswordDoesNotBecomeIt(int length) throws SQLException {
        String email = newEmail();
        register(email);
        String password = "x".repeat(80);
        String hash =
                Password.hash(password).with(BcryptFunction.getInstance(4)).getResult();
        setHash(email, hash);

        logIn(email, "x".repeat(length)).expectStatus().isOk();

        assertThat(hash(email)).isEqualTo(hash);
        logIn(email, password).expectStatus().isOk();
    }

    @Test
    void bcryptKnowsApartWhatIsShortEnough() throws SQLException {
        String email = newEmail();
        register(email);
        String password = "x".repeat(71);
        setHash(
                email,
                Password.hash(password).with(BcryptFunction.getInstance(4)).getResult());

        logIn(email, password + "x").expectStatus().isUnauthorized();
        logIn(email, password).expectStatus().isOk();

        assertThat(hash(email)).startsWith("$argon2id$");
    }

    @Test
    void anOlderHashIsReplacedOnceByManyThatLogInAtOnce() throws SQLException {
        String email = newEmail();
        register(email);
        setHash(
                email,
                Password.hash(PASSWORD).with(BcryptFunction.getInstance(4)).getResult());

        List<Integer> statuses = Stream.generate(() -> credentials(email, PASSWORD))
                .limit(8)
                .parallel()
                .map(body -> post(anyone, "/api/auth/login", body)
                        .returnResult()
                        .getStatus()
                        .value())
                .toList();
        assertThat(statuses).containsOnly(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": "Alice"}                        | Alice | UTC
                    {"time_zone": "Europe/Berlin"}           | A.    | Europe/Berlin
                    {"name": null, "time_zone": "Etc/GMT+5"} |       | Etc/GMT+5
                    {}                                       | A.    | UTC
                    """)
    void changesWhatIsGiven(String body, String name, String timeZone) {
        WebTestClient alice = with(register(newEmail()));
        patch(alice, "/api/auth/me", "{\"name\": \"A.\"}").expectStatus().isOk();
        patch(alice, "/api/auth/me", body).expectStatus().isOk();

        JsonNode account = getJson(alice, "/api/auth/me");
        assertThat(account.path("name").asString(null)).isEqualTo(name);
        assertThat(account.path("time_zone").asString()).isEqualTo(timeZone);
    }

    @Test
    void aUserOfAnotherIssuerHasSettingsToo() {
        patch(http, "/api/auth/me", "{\"time_zone\": \"Asia/Tokyo\"}")
                .expectStatus()
                .isOk();
        JsonNode account = getJson("/api/auth/me");
        assertThat(account.path("id").asString()).isEqualTo(user);
        assertThat(account.path("email").isNull()).isTrue();
        assertThat(account.path("has_password").asBoolean()).isFalse();
        assertThat(account.path("time_zone").asString()).isEqualTo("Asia/Tokyo");
    }

    private EntityExchangeResult<byte[]> answer(String email, String password) {
        return anyone.post()
                .uri("/api/auth/login")
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "the-same-in-both")
                .bodyValue(credentials(email, password))
                .exchange()
                .expectBody()
                .returnResult();
    }

    private void setHash(String email, String hash) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                var update = connection.prepareStatement("update accounts set password_hash = ? where email = ?")) {
            update.setString(1, hash);
            update.setString(2, email);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private String hash(String email) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                var query = connection.prepareStatement("select password_hash from accounts where email = ?")) {
            query.setString(1, email);
            var rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
