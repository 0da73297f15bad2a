package dev.todo.client;

/** A value that the server has answered: equal where all its fields are, those that are newer than this client, too. */
abstract class View<J extends Record> {
    final J json;

    View(J json) {
        this.json = json;
    }

    @Override
    public boolean equals(Object other) {
        return getClass().isInstance(other) && json.equals(((View<?>) other).json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName()
                + json.toString().replaceFirst("^\\w+", "").replaceAll("(\\w)Json\\[", "$1[");
    }
}
