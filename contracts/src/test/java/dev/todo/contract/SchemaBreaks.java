package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the schemas of one operation, those that it takes or those that it sends. */
final class SchemaBreaks {
    enum Direction {
        TAKEN,
        SENT
    }

    private static final List<String> LEAST = List.of("minLength", "minItems", "minProperties", "minimum");
    private static final List<String> MOST = List.of("maxLength", "maxItems", "maxProperties", "maximum");
    private static final List<String> EITHER_OR =
            List.of("uniqueItems", "exclusiveMinimum", "exclusiveMaximum", "readOnly");

    /** Whether another one lets the same pass, nobody can tell. */
    private static final List<String> COMPOSITIONS = List.of("allOf", "anyOf", "oneOf", "not", "discriminator");

    private final String operation;
    private final Direction direction;
    private final Breaks breaks;
    private final Set<String> compared = new HashSet<>();

    SchemaBreaks(String operation, Direction direction, Breaks breaks) {
        this.operation = operation;
        this.direction = direction;
        this.breaks = breaks;
    }

    void compare(Place place) {
        boolean first = place.nameBefore().isEmpty() || compared.add(place.nameBefore() + " " + place.nameAfter());
        if (!first || !place.isInBoth()) {
            return;
        }
        JsonNode before = place.before();
        JsonNode after = place.after();
        addIf(
                hasClass(before) && !place.nameBefore().equals(place.nameAfter()),
                place,
                "is %s now".formatted(place.nameAfter().isEmpty() ? "a schema without a name" : place.nameAfter()));
        Stream.of("type", "format").filter(place::differsIn).forEach(keyword -> addChange(place, keyword));
        COMPOSITIONS.stream().filter(place::differsIn).forEach(keyword -> addChange(place, keyword));
        compareEnums(place);
        if (direction == Direction.TAKEN) {
            compareTaken(place);
        } else {
            compareSent(place);
        }
        before.path("properties").fieldNames().forEachRemaining(field -> {
            addIf(!after.path("properties").has(field), place, "has no " + field);
            compare(place.field(field));
        });
        compareLines(place);
        compareAdditional(place);
        Stream.of("items", "additionalProperties", "x-line-schema", "not")
                .forEach(keyword -> compare(place.inside("/" + keyword, keyword)));
        Stream.of("allOf", "anyOf", "oneOf").forEach(keyword -> {
            for (int i = 0; i < before.path(keyword).size(); i++) {
                compare(Place.of(
                        place.released(),
                        place.present(),
                        place.name() + "/" + keyword + "/" + i,
                        before.path(keyword).path(i),
                        after.path(keyword).path(i)));
            }
        });
    }

    /** Generators make a class of it, or an enum, which has its name. */
    private static boolean hasClass(JsonNode schema) {
        return schema.has("properties")
                || schema.has("enum")
                || COMPOSITIONS.stream().anyMatch(schema::has);
    }

    private void compareEnums(Place place) {
        JsonNode before = place.before();
        JsonNode after = place.after();
        addIf(!before.has("enum") && after.has("enum"), place, "has no other value now than " + after.path("enum"));
        for (int i = 0; i < before.path("enum").size(); i++) {
            JsonNode value = before.path("enum").path(i);
            int now = indexOf(value, after.path("enum"));
            addIf(now < 0, place, "is never " + value);
            JsonNode name = before.path("x-enum-varnames").path(i);
            addIf(
                    now >= 0 && !name.equals(after.path("x-enum-varnames").path(now)),
                    place,
                    "has another name in x-enum-varnames for " + value);
        }
    }

    private void compareTaken(Place place) {
        JsonNode before = place.before();
        JsonNode after = place.after();
        addIf(isTrue(before, "nullable") && !isTrue(after, "nullable"), place, "must not be null");
        addIf(place.differsIn("default"), place, place.change("default"));
        LEAST.stream()
                .filter(after::has)
                .filter(keyword -> before.has(keyword)
                        ? number(after, keyword) > number(before, keyword)
                        : keyword.equals("minimum") || number(after, keyword) > 0)
                .forEach(keyword -> addChange(place, keyword));
        MOST.stream()
                .filter(after::has)
                .filter(keyword -> !before.has(keyword) || number(after, keyword) < number(before, keyword))
                .forEach(keyword -> addChange(place, keyword));
        EITHER_OR.stream()
                .filter(keyword -> isTrue(after, keyword) && !isTrue(before, keyword))
                .forEach(keyword -> addChange(place, keyword));
        Stream.of("pattern", "multipleOf")
                .filter(after::has)
                .filter(place::differsIn)
                .forEach(keyword -> addChange(place, keyword));
        after.path("required")
                .forEach(field -> addIf(indexOf(field, before.path("required")) < 0, place, "needs " + field));
    }

    private void compareSent(Place place) {
        JsonNode after = place.after();
        addIf(isTrue(after, "nullable") && !isTrue(place.before(), "nullable"), place, "may be null");
        place.before()
                .path("required")
                .forEach(field -> addIf(indexOf(field, after.path("required")) < 0, place, "may lack " + field));
    }

    private void compareLines(Place place) {
        boolean before = place.before().has("x-line-schema");
        boolean after = place.after().has("x-line-schema");
        addIf(before && !after, place, "does not say any more what is in a line");
        addIf(!before && after && direction == Direction.TAKEN, place, "does not take any line now");
    }

    private void compareAdditional(Place place) {
        JsonNode before = place.before().path("additionalProperties");
        JsonNode after = place.after().path("additionalProperties");
        boolean bothTyped = before.isObject() && after.isObject();
        boolean open = direction == Direction.SENT
                ? before.asBoolean() || before.isObject()
                : before.isMissingNode() || before.asBoolean() || before.isObject();
        boolean stillOpen = after.asBoolean() || direction == Direction.TAKEN && after.isMissingNode();
        addIf(open && !stillOpen && !bothTyped, place, place.change("additionalProperties"));
    }

    private void addChange(Place place, String keyword) {
        breaks.add(operation, place.name(), place.change(keyword));
    }

    private void addIf(boolean broken, Place place, String what) {
        if (broken) {
            breaks.add(operation, place.name(), what);
        }
    }

    private static boolean isTrue(JsonNode schema, String keyword) {
        return schema.path(keyword).asBoolean();
    }

    private static double number(JsonNode schema, String keyword) {
        return schema.path(keyword).asDouble();
    }

    private static int indexOf(JsonNode value, JsonNode values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.path(i).equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
