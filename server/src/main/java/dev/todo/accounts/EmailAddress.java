package dev.todo.accounts;

import java.text.Normalizer;
import java.util.Locale;

/** An address as its owner writes it, and the key under which there is one account for it however it is written. */
public record EmailAddress(String text) {
    public String key() {
        return keyOf(text);
    }

    static String keyOf(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "EmailAddress";
    }
}
