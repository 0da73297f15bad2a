package dev.todo.values;

import java.text.Normalizer;
import java.util.Locale;

/** Texts as they are compared where case does not matter. */
public final class CaseFolding {
    private CaseFolding() {}

    /**
     * Unicode's full case folding as the JDK can do it: only upper case makes one of the two small sigmas, and of
     * "ß" what "SS" is; lower case first, since a capital "ẞ" has no other upper case. A dotless "ı" becomes an "i",
     * too. ASCII gets what lower case alone gives it.
     */
    public static String of(String text) {
        String folded = normalised(text)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return normalised(folded);
    }

    private static String normalised(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
