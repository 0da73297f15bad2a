package dev.todo.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a schema asks of an integer. */
record PlainNumber(long least, long most) {
    private static final Set<String> KEYWORDS = Set.of("type", "nullable", "format", "minimum", "maximum");
    private static final Map<String, PlainNumber> FORMATS = Map.of(
            "int32", new PlainNumber(Integer.MIN_VALUE, Integer.MAX_VALUE),
            "int64", new PlainNumber(Long.MIN_VALUE, Long.MAX_VALUE));
    private static final int MOST_DIGITS = 18;

    /** Null when the schema asks for more than is known here. */
    static @Nullable PlainNumber of(JsonNode schema) {
        PlainNumber format = FORMATS.get(schema.path("format").asText());
        BigDecimal least = schema.path("minimum").decimalValue();
        BigDecimal most = schema.path("maximum").decimalValue();
        if (format == null || !PlainJson.asksOnlyFor(schema, KEYWORDS) || !isWhole(least) || !isWhole(most)) {
            return null;
        }
        return new PlainNumber(
                schema.has("minimum") ? Math.max(format.least, least.longValueExact()) : format.least,
                schema.has("maximum") ? Math.min(format.most, most.longValueExact()) : format.most);
    }

    private static boolean isWhole(BigDecimal bound) {
        return bound.stripTrailingZeros().scale() <= 0 && bound.precision() - bound.scale() <= MOST_DIGITS;
    }

    boolean holds(long number) {
        return number >= least && number <= most;
    }

    /** The same for digits alone, as many as surely fit, without a zero before others. */
    boolean holds(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return false;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            number = 10 * number + c - '0';
        }
        return holds(number);
    }
}
