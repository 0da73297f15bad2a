package dev.todo.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares the contract with the one released last: whoever changes it says so, in its version and in the changelog. */
final class ReleaseGate {
    private final Document released;
    private final Document present;
    private final Changelog changelog;

    ReleaseGate(Document released, Document present, Changelog changelog) {
        this.released = released;
        this.present = present;
        this.changelog = changelog;
    }

    /** Sentences that each say what to do; none when all is well. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(released.faults("contracts/released/todo-api.yaml"));
        complaints.addAll(present.faults("contracts/todo-api.yaml"));
        if (!complaints.isEmpty()) {
            return complaints;
        }
        if (!present.equals(released) && !present.isNewerThan(released)) {
            complaints.add(
                    ("The contract is not the one that was released as %s: give it a higher info.version, and the"
                                    + " poms the same.")
                            .formatted(released.version()));
        }
        List<String> breaks = breaks();
        if (!breaks.isEmpty() && present.majorVersion() <= released.majorVersion()) {
            complaints.add(("Clients of %s break: take this back, or make info.version %d.0.0.\n  %s")
                    .formatted(released.version(), released.majorVersion() + 1, String.join("\n  ", breaks)));
        }
        Set<String> missing = changelog.missing(released, present);
        if (!missing.isEmpty()) {
            complaints.add(
                    ("CHANGELOG.md says nothing of changes since %s: name in Unreleased, API, these operations or,"
                                    + " where only a component has changed that they share, that one: %s.")
                            .formatted(released.version(), String.join(", ", missing)));
        }
        Set<String> unknown = changelog.unknown(released, present);
        if (!unknown.isEmpty()) {
            complaints.add("CHANGELOG.md names in Unreleased, API, what is no operation: mend %s."
                    .formatted(String.join(", ", unknown)));
        }
        return complaints;
    }

    private List<String> breaks() {
        if (present.equals(released)) {
            return List.of();
        }
        Breaks breaks = OverlookedBreaks.between(released, present);
        breaks.addUnlessKnown(ReportedBreaks.between(released, present));
        return breaks.sentences();
    }
}
