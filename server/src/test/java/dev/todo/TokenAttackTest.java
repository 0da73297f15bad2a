package dev.todo;

import static dev.todo.RequestLines.everything;
import static dev.todo.RequestLines.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** Every known way to get in with a token that nobody issued: the answer is 401, with one line in the log. */
class TokenAttackTest extends ServerTest {
    private static final int BEYOND_ANY_HEADER = 100 * 1024;

    private RequestLines lines;

    static Stream<TokenAttack> attacks() {
        return Stream.of(
                        ForgedTokens.confusedKeys(),
                        ForgedTokens.unsigned(),
                        ForgedTokens.keysOfTheirOwn(),
                        ForgedTokens.signatures(),
                        MisspelledTokens.segments(),
                        MisspelledTokens.encodings(),
                        MisspelledTokens.headers(),
                        MisspelledTokens.claims(),
                        MisplacedTokens.all())
                .flatMap(attacks -> attacks);
    }

    @BeforeEach
    void theServerKnowsTheKeysAndTheLogIsRead() {
        ForgedTokens.publishKeys();
        await().pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(30))
                .until(() -> ForgedTokens.GOOD.stream().allMatch(token -> status(token) == 200));
        lines = RequestLines.fromNowOn();
    }

    @AfterEach
    void stopListening() {
        lines.close();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedAndWrittenDown(TokenAttack attack) {
        String id = "attack-" + UUID.randomUUID();
        Refused refused = Refused.with(
                401, "unauthenticated", attack.request().apply(anyone).header("X-Request-Id", id));
        assertThat(refused.headers().get(HttpHeaders.WWW_AUTHENTICATE))
                .as(attack.name())
                .containsExactly(attack.challenge());
        assertThat(refused.detail()).isEqualTo(attack.refusal().detail());

        ILoggingEvent line = lines.of(id);
        assertThat(fields(line))
                .containsEntry("event.reason", attack.refusal().reason())
                .containsEntry("client.address", "127.0.0.1")
                .containsEntry("http.response.status_code", "401")
                .containsEntry("user.id", "-");
        assertThat(parts(attack.token()))
                .allSatisfy(part -> assertThat(everything(line)).doesNotContain(part));
    }

    @Test
    void nobodyIsAskedForTheKeysThatATokenNames() {
        ForgedTokens.keysOfTheirOwn().forEach(this::isRefusedAndWrittenDown);
        assertThat(ForgedTokens.EVIL.fetches()).isZero();
    }

    /** Longer than any header may be: refused before anybody reads it, as the contract says. */
    @Test
    void aTokenThatDoesNotFitIntoTheHeaderIsNoWellFormedRequest() throws IOException {
        String token = "a".repeat(BEYOND_ANY_HEADER);
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    "GET " + TokenAttack.PATH + " HTTP/1.1", "Host: localhost", "Authorization: Bearer " + token, "");
            RawHttp.Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/problem+json");
            assertThat(answer.body()).doesNotContain("aaaa");
        }
    }

    private int status(String token) {
        EntityExchangeResult<byte[]> answer = anyone.get()
                .uri(TokenAttack.PATH)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectBody()
                .returnResult();
        return answer.getStatus().value();
    }

    /** Parts that are long enough to be something's secret. */
    private static List<String> parts(String token) {
        return Stream.of(token.split("[.= +/]"))
                .filter(part -> part.length() > 10)
                .toList();
    }
}
