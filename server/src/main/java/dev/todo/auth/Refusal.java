package dev.todo.auth;

import java.util.Locale;

/**
 * Every reason for which a caller is turned away. The reason is for the log; the detail is for the caller, and says what
 * is wrong without saying what would be right.
 */
public enum Refusal {
    NO_TOKEN("The request carries no bearer token. Sign in, and send the token in the Authorization header."),
    SEVERAL_HEADERS("The Authorization header is given more than once. Send it once."),
    TOO_LONG("The token is longer than 8 KiB. Sign in again, and send the token unchanged."),
    MALFORMED("The token is not a readable JWT. Sign in again, and send the token unchanged."),
    NOT_SIGNED("The token is not a signed JWT. Sign in again."),
    WRONG_ALGORITHM("The token is signed with an algorithm that is not accepted here. Sign in again."),
    UNSUPPORTED_HEADER("The token's header asks for something that is not supported here. Sign in again."),
    UNKNOWN_KEY("The token is signed with a key that is not known here. Sign in again."),
    BAD_SIGNATURE("The token's signature does not match. Sign in again, and send the token unchanged."),
    BAD_CLAIMS("The token's claims cannot be read. Sign in again."),
    NO_EXPIRY("The token does not say when it expires. Sign in again."),
    EXPIRED("The token has expired. Sign in again."),
    NOT_YET_VALID("The token is not valid yet. Check the clocks, then sign in again."),
    WRONG_ISSUER("The token comes from another issuer. Sign in again."),
    WRONG_AUDIENCE("The token is meant for another audience. Sign in again."),
    REVOKED("The session of the token has ended. Sign in again."),
    BAD_SUBJECT("The token names no usable user. Sign in again."),
    FOREIGN_PATH("This path belongs to another user. Use your own user id, or me.");

    private final String reason = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String detail;

    Refusal(String detail) {
        this.detail = detail;
    }

    public String reason() {
        return reason;
    }

    public String detail() {
        return detail;
    }
}
