package dev.todo.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A body that is not there yet: one that is goes to Netty itself, as all tests at the edge see. */
class SentResponseTest {
    private final MockServerHttpResponse mock = new MockServerHttpResponse();
    private final SentResponse response = new SentResponse(mock);

    @Test
    void aBodyThatFailsLeavesRoomForAnotherAnswer() {
        IllegalStateException failure = new IllegalStateException("no body");
        StepVerifier.create(response.writeWith(Mono.error(failure))).verifyErrorMatches(failure::equals);
        assertThat(response.isCommitted()).isFalse();
        assertThat(response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE)).isTrue();
    }

    @Test
    void noBodyIsNoAnswerYet() {
        StepVerifier.create(response.writeWith(Mono.empty())).verifyComplete();
        assertThat(response.isCommitted()).isFalse();
    }

    @Test
    void aBodyIsMadeWhenItIsAskedFor() {
        DataBuffer body = DefaultDataBufferFactory.sharedInstance.wrap("made".getBytes(UTF_8));
        Mono<Void> sent = response.writeWith(Mono.fromCallable(() -> {
            assertThat(response.isCommitted()).isFalse();
            return body;
        }));
        assertThat(response.isCommitted()).isFalse();
        StepVerifier.create(sent).verifyComplete();
        StepVerifier.create(mock.getBodyAsString()).expectNext("made").verifyComplete();
    }
}
