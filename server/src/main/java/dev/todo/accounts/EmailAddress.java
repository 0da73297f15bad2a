package dev.todo.accounts;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.values.CaseFolding;
import java.util.List;
import java.util.regex.Pattern;

/** An address as its owner writes it, and the key under which there is one account for it however it is written. */
public record EmailAddress(String text) {
    private static final int LONGEST_KEY = 254;

    /**
     * Control characters, formats, white space, and the plane of tags and variation selectors; and what is not
     * assigned, since nobody knows its case before the next Unicode does.
     */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Z}\\x{E0000}-\\x{E0FFF}]");

    /** Refuses what the contract's pattern does not see: beyond 16 bits, or only when the text is normalised. */
    public static EmailAddress typed(String text) {
        EmailAddress address = new EmailAddress(text);
        String key = address.key();
        if (UNSEEN.matcher(text).find() || UNSEEN.matcher(key).find()) {
            throw invalid("must be an address like alice@example.com, without white space or invisible characters");
        }
        if (key.codePointCount(0, key.length()) > LONGEST_KEY) {
            throw invalid("must have at most 254 characters when each is written out");
        }
        return address;
    }

    public String key() {
        return keyOf(text);
    }

    static String keyOf(String text) {
        return CaseFolding.of(text);
    }

    private static Problem invalid(String message) {
        return Problem.invalid(
                ProblemType.INVALID_CONTENT,
                "The body breaks the contract. See errors.",
                List.of(InputError.at("/email", message)));
    }

    @Override
    public String toString() {
        return "EmailAddress";
    }
}
