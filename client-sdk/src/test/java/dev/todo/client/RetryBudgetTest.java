package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How many repetitions all calls of a client have together. */
class RetryBudgetTest extends FaultTest {
    private static final int REPETITIONS = 50;

    @Test
    void sparesAServerInTrouble() {
        server.always(Behaviour.problem(503, "unavailable"));
        int calls = 200;

        failures(calls);

        assertThat(server.requests()).hasSize(calls + REPETITIONS);
    }

    @Test
    void isEarnedBackBySuccesses() {
        server.always(Behaviour.problem(503, "unavailable"));
        failures(20);
        int before = server.requests().size();
        assertThat(before).isEqualTo(20 + REPETITIONS);

        server.always(Behaviour.json(task(7)));
        for (int i = 0; i < 20; i++) {
            todo.tasks().get(7);
        }
        server.always(Behaviour.problem(503, "unavailable"));
        failures(3);

        // Twenty successes pay for two repetitions.
        assertThat(server.requests()).hasSize(before + 20 + 3 + 2);
    }

    @Test
    void neverHoldsMoreThanAtTheStart() {
        server.always(Behaviour.json(task(7)));
        for (int i = 0; i < 30; i++) {
            todo.tasks().get(7);
        }
        server.always(Behaviour.problem(503, "unavailable"));
        failures(20);

        assertThat(server.requests()).hasSize(30 + 20 + REPETITIONS);
    }

    @Test
    void belongsToOneClient() {
        server.always(Behaviour.problem(503, "unavailable"));
        failures(20);
        int before = server.requests().size();

        try (TodoClient other = client().build()) {
            assertThatThrownBy(() -> other.tasks().get(7)).isInstanceOf(ServerException.class);
        }
        assertThat(server.requests()).hasSize(before + 4);
    }

    private void failures(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(ServerException.class);
        }
    }
}
