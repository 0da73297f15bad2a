package dev.todo;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

/** A server whose users sign in elsewhere only. */
@TestPropertySource(properties = "accounts.enabled=false")
class AccountsOffTest extends AccountTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    register | {"email": "a@example.com", "password": "correct horse battery staple"}
                    login    | {"email": "a@example.com", "password": "correct horse battery staple"}
                    refresh  | {"refresh_token": "unknown"}
                    """)
    void nobodySignsInHere(String path, String body) {
        Refused.by(403, "accounts-off", post(anyone, "/api/auth/" + path, body));
        getJson("/api/auth/me");
    }
}
