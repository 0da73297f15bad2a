package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What two documents say at one place, which is called by the component that it is in, or else by the operation.
 *
 * @param nameBefore of the component that the released document refers to here, or nothing
 * @param nameAfter of the component that the present one refers to
 */
record Place(
        Document released,
        Document present,
        String name,
        String nameBefore,
        String nameAfter,
        JsonNode before,
        JsonNode after) {

    static Place of(Document released, Document present, String name, JsonNode before, JsonNode after) {
        String nameBefore = Document.nameOf(before);
        return new Place(
                released,
                present,
                nameBefore.isEmpty() ? name : nameBefore,
                nameBefore,
                Document.nameOf(after),
                released.resolve(before),
                present.resolve(after));
    }

    Place inside(String label, String... keys) {
        JsonNode inBefore = before;
        JsonNode inAfter = after;
        for (String key : keys) {
            inBefore = inBefore.path(key);
            inAfter = inAfter.path(key);
        }
        return of(released, present, name + label, inBefore, inAfter);
    }

    Place field(String field) {
        return inside("/" + field, "properties", field);
    }

    /** Nothing, where it is not one that both have. */
    Place parameter(String inAndName) {
        return of(
                released,
                present,
                name + " " + inAndName,
                released.parameter(before, inAndName),
                present.parameter(after, inAndName));
    }

    boolean isInBoth() {
        return !before.isMissingNode() && !after.isMissingNode();
    }

    boolean differsIn(String keyword) {
        return !Document.withoutWords(before.path(keyword)).equals(Document.withoutWords(after.path(keyword)));
    }

    String change(String keyword) {
        JsonNode old = before.path(keyword);
        JsonNode fresh = after.path(keyword);
        if (old.isMissingNode()) {
            return fresh.isMissingNode() ? "has another " + keyword : "has %s %s now".formatted(keyword, fresh);
        }
        return fresh.isMissingNode()
                ? "has no %s any more".formatted(keyword)
                : "has %s %s instead of %s".formatted(keyword, fresh, old);
    }
}
