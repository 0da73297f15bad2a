package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last: every answer that the contract declares has been seen by some test before. */
@Order(Integer.MAX_VALUE)
class ContractCoverageTest {
    @Test
    void everyDeclaredAnswerWasSeen() {
        assertThat(ContractCheck.missing()).isEmpty();
    }

    @Test
    void whatTheExamplesOfProblemsSayWasSaid() {
        assertThat(ContractCheck.unsaid()).isEmpty();
    }
}
