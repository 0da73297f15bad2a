package dev.todo;

import org.junit.jupiter.api.Test;

/** A user who has signed in at Better Auth is a user here, beside those whose tokens the shared secret signs. */
class BetterAuthTest extends ServerTest {
    @Test
    void itsTokenOpensTheUsersOwnTasksAndNoOthers() {
        String token = ISSUER.token(user);
        anyone.get()
                .uri(tasks())
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk();
        anyone.get()
                .uri("/api/somebody-else/tasks")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isForbidden();
    }
}
