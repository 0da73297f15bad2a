package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Accounts of our own, from registering to the end. */
class AccountsTest extends AccountTest {
    @Test
    void registeringSignsIn() {
        JsonNode signedIn = register("Alice.Smith@Example.com");

        assertThat(signedIn.path("user").path("email").asString()).isEqualTo("Alice.Smith@Example.com");
        assertThat(signedIn.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(signedIn.path("expires_in").asInt()).isEqualTo(900);
        JsonNode account = getJson(with(signedIn), "/api/auth/me");
        assertThat(account).isEqualTo(signedIn.path("user"));
        assertThat(account.path("time_zone").asString()).isEqualTo("UTC");
    }
}
