package dev.todo.transfer;

/** A component that cannot be read as a task. */
final class EntryRefused extends RuntimeException {
    private final String says;

    EntryRefused(String says) {
        super(says, null, false, false);
        this.says = says;
    }

    String says() {
        return says;
    }
}
