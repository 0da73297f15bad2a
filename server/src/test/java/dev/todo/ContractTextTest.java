package dev.todo;

import static dev.todo.ContractTree.CONTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ContractTree.Operation;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the contract to its conventions: each operation is described in a few sentences, which become Javadoc, TypeScript
 * comments and pages, and are read there one by one.
 */
class ContractTextTest {
    private static final Pattern END_OF_SENTENCE = Pattern.compile("[.?!](?= [A-Z]|$)");
    private static final Pattern MORE_THAN_TEXT = Pattern.compile("\\R|[|<>*#]|]\\(");

    @Test
    void everyOperationHasADescriptionOfItsOwn() {
        assertThat(texts("description")).doesNotHaveDuplicates();
        assertThat(texts("summary")).doesNotHaveDuplicates();
    }

    @Test
    void itSaysMoreThanTheSummaryInOneToThreeSentences() {
        assertThat(CONTRACT.operations()).isNotEmpty().allSatisfy(operation -> {
            String description = text(operation, "description");
            assertThat(description)
                    .as(operation.id())
                    .hasSizeBetween(60, 400)
                    .endsWith(".")
                    .doesNotContainPattern(MORE_THAN_TEXT);
            assertThat(END_OF_SENTENCE.matcher(description).results().count())
                    .as(operation.id())
                    .isBetween(1L, 3L);
            assertThat(text(operation, "summary"))
                    .as(operation.id())
                    .hasSizeBetween(6, 40)
                    .doesNotEndWith(".");
        });
    }

    /** Whoever reads "`renameTag`" looks for it. */
    @Test
    void theOperationsThatItNamesAreThere() {
        Pattern named = Pattern.compile("`([a-z]+([A-Z][a-z]+)+)`");
        List<String> ids = CONTRACT.operations().stream().map(Operation::id).toList();

        assertThat(texts("description").stream()
                        .flatMap(text -> named.matcher(text).results().map(name -> name.group(1))))
                .isNotEmpty()
                .isSubsetOf(ids);
    }

    private static List<String> texts(String key) {
        return CONTRACT.operations().stream()
                .map(operation -> text(operation, key))
                .toList();
    }

    private static String text(Operation operation, String key) {
        return operation.place().text(key);
    }
}
