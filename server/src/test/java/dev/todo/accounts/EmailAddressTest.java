package dev.todo.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmailAddressTest {
    @Test
    void everyCharacterHasOneKeyInEitherCaseAndInEveryForm() {
        assertThat(everyCharacter()
                        .filter(text -> forms(text)
                                .anyMatch(form -> !EmailAddress.keyOf(form).equals(EmailAddress.keyOf(text)))))
                .isEmpty();
    }

    private static Stream<String> forms(String text) {
        return Stream.of(
                text.toLowerCase(Locale.ROOT),
                text.toUpperCase(Locale.ROOT),
                Normalizer.normalize(text, Normalizer.Form.NFD),
                Normalizer.normalize(text, Normalizer.Form.NFKC),
                EmailAddress.keyOf(text));
    }

    private static Stream<String> everyCharacter() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .mapToObj(Character::toString);
    }
}
