package dev.todo.accounts;

/** Somebody who has just signed in, or goes on with a session, and the tokens for it. */
public record SignedIn(Account account, String accessToken, String refreshToken) {
    @Override
    public String toString() {
        return "SignedIn[" + account + "]";
    }
}
