package dev.todo.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the value at which a parser stands is, for certain, what its schema asks for. Reads it when it is. */
interface PlainJson {
    /** For what the validator alone can judge. */
    PlainJson UNCERTAIN = parser -> false;

    /** What is in a schema for people, or for generators. */
    Set<String> NOTES = Set.of("title", "description", "example", "default");

    boolean holds(JsonParser parser) throws IOException;

    static boolean asksOnlyFor(JsonNode schema, Set<String> keywords) {
        for (Iterator<String> names = schema.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keywords.contains(name) && !NOTES.contains(name) && !name.startsWith("x-")) {
                return false;
            }
        }
        return true;
    }

    record Text(PlainText text) implements PlainJson {
        @Override
        public boolean holds(JsonParser parser) throws IOException {
            return parser.hasToken(JsonToken.VALUE_STRING) && text.holds(parser.getText());
        }
    }

    record Whole(PlainNumber number) implements PlainJson {
        @Override
        public boolean holds(JsonParser parser) throws IOException {
            return parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && number.holds(parser.getLongValue());
        }
    }

    record Truth() implements PlainJson {
        @Override
        public boolean holds(JsonParser parser) {
            return parser.hasToken(JsonToken.VALUE_TRUE) || parser.hasToken(JsonToken.VALUE_FALSE);
        }
    }

    record OrNull(PlainJson value) implements PlainJson {
        @Override
        public boolean holds(JsonParser parser) throws IOException {
            return parser.hasToken(JsonToken.VALUE_NULL) || value.holds(parser);
        }
    }

    record Items(PlainJson item, int least, int most) implements PlainJson {
        @Override
        public boolean holds(JsonParser parser) throws IOException {
            if (!parser.isExpectedStartArrayToken()) {
                return false;
            }
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                count++;
                if (count > most || !item.holds(parser)) {
                    return false;
                }
            }
            return count >= least;
        }
    }

    /** A field, and the bit that is set when it has been read. */
    record Field(PlainJson value, long bit) {}

    record Fields(Map<String, Field> fields, long required, int least) implements PlainJson {
        static final int MOST = Long.SIZE;

        @Override
        public boolean holds(JsonParser parser) throws IOException {
            if (!parser.isExpectedStartObjectToken()) {
                return false;
            }
            long given = 0;
            for (@Nullable String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                Field field = fields.get(name);
                if (field == null || (given & field.bit) != 0) {
                    return false;
                }
                given |= field.bit;
                parser.nextToken();
                if (!field.value.holds(parser)) {
                    return false;
                }
            }
            return (given & required) == required && Long.bitCount(given) >= least;
        }
    }
}
