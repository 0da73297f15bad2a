package dev.todo.web;

/** JSON pointers (RFC 6901) as they are shown to clients: bounded, whatever the client has sent. */
final class JsonPointers {
    private static final int LONGEST = 250;
    private static final int LONGEST_NAME = 200;

    private JsonPointers() {}

    static String child(String parent, String name) {
        if (parent.length() >= LONGEST) {
            return parent;
        }
        // Cut between characters, and before any is escaped.
        boolean fits = name.codePointCount(0, name.length()) <= LONGEST_NAME;
        String shown = fits ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
        return parent + "/" + shown.replace("~", "~0").replace("/", "~1");
    }
}
