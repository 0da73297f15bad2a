package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What may stand in the fields of an account: addresses, passwords and time zones. */
class AccountInputsTest extends AccountTest {
    @ParameterizedTest
    @CsvSource({
        "alice, ALICE",
        "alice, \uff21lice",
        "ΟΔΟΣ, οδος",
        "οδος, οδοσ",
        "STRASSE, straße",
        "straße, STRAẞE",
        "ﬁnn, FINN",
        "ΐ, \u0399\u0308\u0301",
        "Σίσυφος, ΣΊΣΥΦΟΣ",
        "é, E\u0301",
        "\u212bsa, Åsa"
    })
    void thereIsOneAccountForAnAddressHoweverItIsWritten(String one, String other) {
        String domain = "@" + UUID.randomUUID() + ".example.com";
        register(one + domain);

        Refused.by(409, "email-taken", post(anyone, "/api/auth/register", credentials(other + domain, PASSWORD)));
        assertThat(loggedIn(other + domain, PASSWORD).path("user").path("email").asString())
                .isEqualTo(one + domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-address",
                "@example.com",
                "someone@",
                "two@at@example.com",
                "someone@example.com@",
                "someone\uff20example.com",
                "someone\uff20elsewhere@example.com",
                "someone@elsewhere\ufe6bexample.com",
                " someone@example.com",
                "someone@example.com\n",
                "some\tone@example.com",
                "some\u00a0one@example.com",
                "some\u1680one@example.com",
                "some\u2003one@example.com",
                "some\u2028one@example.com",
                "some\u3000one@example.com",
                "some\u0085one@example.com",
                "some\u001fone@example.com",
                "some\u007fone@example.com",
                "some\u00adone@example.com",
                "some\u034fone@example.com",
                "some\u061cone@example.com",
                "some\u180eone@example.com",
                "some\u200bone@example.com",
                "some\u200done@example.com",
                "\u202esomeone@example.com",
                "some\u2060one@example.com",
                "some\u2066one@example.com",
                "some\u2800one@example.com",
                "some\u3164one@example.com",
                "someone\ufe0f@example.com",
                "\ufeffsomeone@example.com",
                "some\u00a8one@example.com",
                "some\u0600one@example.com",
                "some\u0378one@example.com",
                "some\ud834\udd73one@example.com",
                "some\udb40\udc20one@example.com",
                "some\udb40\udd00one@example.com"
            })
    void refusesWhatIsNoAddress(String email) {
        for (Refused refused : refusedEverywhere(email)) {
            assertThat(refused.messages())
                    .containsExactly(
                            "must be an address like alice@example.com, without white space or invisible characters");
        }
    }

    @ParameterizedTest
    @MethodSource
    void refusesAnAddressThatIsTooLong(String email, String message) {
        for (Refused refused : refusedEverywhere(email)) {
            assertThat(refused.messages()).containsExactly(message);
        }
    }

    static Stream<Arguments> refusesAnAddressThatIsTooLong() {
        return Stream.of(
                Arguments.of("x@" + "y".repeat(253), "must have at most 254 characters"),
                // One character each, and six when they are normalised: too much for an index of PostgreSQL's.
                Arguments.of(
                        "\u3316".repeat(240) + "@example.com",
                        "must have at most 254 characters when each is written out"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567",
                "with a \u0000 in it",
                "password1",
                "PASSWORD1",
                " password1",
                "password1\t",
                "\u00a0password1\u3000",
                "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff11",
                "pa\u017fsword1",
                "Someone@example.com",
                " someone@example.com ",
                "someone\uff20example.com"
            })
    void refusesABadPassword(String password) {
        String email = "someone@example.com";
        Refused refused =
                Refused.by(422, "invalid-content", post(anyone, "/api/auth/register", credentials(email, password)));
        assertThat(refused.pointers()).containsExactly("/password");
        assertThat(refused.problem().toString()).doesNotContain(password);
    }

    @Test
    void refusesAPasswordThatIsTooLong() {
        Refused refused = Refused.by(
                422, "invalid-content", post(anyone, "/api/auth/register", credentials(newEmail(), "x".repeat(129))));
        assertThat(refused.messages()).containsExactly("must have at most 128 characters");
    }

    @Test
    void saysWhatIsWrongWithAnEmptyPassword() {
        Refused refused = Refused.by(422, "invalid-content", post(http, "/api/auth/me/delete", "{\"password\": \"\"}"));
        assertThat(refused.messages()).containsExactly("must have at least 1 character");
    }

    @Test
    void aNewPasswordIsHeldToTheSame() {
        String email = newEmail();
        WebTestClient alice = with(register(email));
        for (String next : List.of(" password1 ", "\uff30assword1", " " + email.toUpperCase(Locale.ROOT))) {
            Refused refused = Refused.by(422, "invalid-content", changePassword(alice, PASSWORD, next));
            assertThat(refused.pointers()).containsExactly("/new_password");
        }
    }

    /** Only the checks look behind how it is written. */
    @Test
    void aPasswordStaysAsItIsTyped() {
        String email = newEmail();
        String password = " \uff43orrect Horse ";
        post(anyone, "/api/auth/register", credentials(email, password))
                .expectStatus()
                .isCreated();
        logIn(email, password).expectStatus().isOk();
        logIn(email, password.strip()).expectStatus().isUnauthorized();
        logIn(email, " correct Horse ").expectStatus().isUnauthorized();
    }

    @Test
    void refusesANameThatNobodySees() {
        Refused refused = Refused.by(422, "invalid-content", patch(http, "/api/auth/me", "{\"name\": \"\u2800\"}"));
        assertThat(refused.pointers()).containsExactly("/name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Africa/Abidjan",
                "America/Argentina/ComodRivadavia",
                "US/Eastern",
                "EST5EDT",
                "GB-Eire",
                "Etc/GMT-14",
                "GMT0",
                "UTC"
            })
    void takesTheNamesOfTheTzDatabase(String timeZone) {
        patch(http, "/api/auth/me", timeZone(timeZone)).expectStatus().isOk();
        assertThat(getJson("/api/auth/me").path("time_zone").asString()).isEqualTo(timeZone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Atlantis",
                "SystemV/AST4",
                "SystemV/YST9YDT",
                "europe/berlin",
                "+02:00",
                "UTC+2",
                "Z",
                "EST",
                "HST",
                "MST",
                "ROC",
                "GMT+0",
                "GMT-0",
                "Factory",
                "PST"
            })
    void refusesATimeZoneThatThereIsNot(String timeZone) {
        Refused refused = Refused.by(422, "invalid-content", patch(http, "/api/auth/me", timeZone(timeZone)));
        assertThat(refused.pointers()).containsExactly("/time_zone");
    }

    private List<Refused> refusedEverywhere(String email) {
        return Stream.of("/api/auth/register", "/api/auth/login")
                .map(path -> Refused.by(422, "invalid-content", post(anyone, path, credentials(email, PASSWORD))))
                .peek(refused -> assertThat(refused.pointers()).containsExactly("/email"))
                .toList();
    }

    private static WebTestClient.ResponseSpec changePassword(WebTestClient client, String current, String next) {
        String body = "{\"current_password\": \"%s\", \"new_password\": \"%s\"}".formatted(current, next);
        return post(client, "/api/auth/me/password", body);
    }

    private static String timeZone(String name) {
        return "{\"time_zone\": \"" + name + "\"}";
    }
}
