package dev.todo.tasks;

/** How much a task matters. */
public enum Priority {
    NONE(0),
    LOW(1),
    MEDIUM(2),
    HIGH(3),
    URGENT(4);

    private static final Priority[] BY_RANK = values();

    /** What it is kept and ordered as. */
    final short rank;

    Priority(int rank) {
        this.rank = (short) rank;
    }

    static Priority ranked(short rank) {
        return BY_RANK[rank];
    }
}
