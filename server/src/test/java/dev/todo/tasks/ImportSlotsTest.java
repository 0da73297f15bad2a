package dev.todo.tasks;

import dev.todo.problem.Problem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ImportSlotsTest {
    private final ImportSlots slots = new ImportSlots();

    @Test
    void whoeverIsToldOfTheEndMayBeginTheNextOne() {
        Mono<String> next = slots.begin("alice", Mono.just("second"));
        StepVerifier.create(slots.begin("alice", Mono.just("first")).flatMap(first -> next))
                .expectNext("second")
                .verifyComplete();
        StepVerifier.create(slots.begin("alice", Mono.error(new IllegalStateException()))
                        .onErrorResume(error -> next))
                .expectNext("second")
                .verifyComplete();
    }

    @Test
    void aPartThatGoesOnKeepsThePlaceOfAnImportThatNobodyWaitsFor() {
        Mono<String> next = slots.begin("alice", Mono.just("second"));
        Mono<String> part = slots.goOn("alice", next);
        slots.begin("alice", Mono.never()).subscribe().dispose();
        StepVerifier.create(part).verifyError(Problem.class);
        StepVerifier.create(next).expectNext("second").verifyComplete();
    }
}
