package dev.todo.tasks;

/** The order of a list; tasks that tie are ordered by id, in the same direction. */
public record TaskOrder(Key key, boolean descending) {
    /** What tasks can be ordered by. */
    public enum Key {
        CREATED_AT("created_at"),
        UPDATED_AT("updated_at"),
        TITLE("title");

        final String column;

        Key(String column) {
            this.column = column;
        }
    }

    String direction() {
        return descending ? "desc" : "asc";
    }

    String beyond() {
        return descending ? "<" : ">";
    }
}
