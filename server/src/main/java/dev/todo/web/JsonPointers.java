package dev.todo.web;

/** JSON pointers (RFC 6901) as they are shown to clients: bounded, whatever the client has sent. */
final class JsonPointers {
    private static final int LONGEST = 250;

    private JsonPointers() {}

    static String child(String parent, String name) {
        String pointer = parent + "/" + name.replace("~", "~0").replace("/", "~1");
        return pointer.length() <= LONGEST ? pointer : pointer.substring(0, LONGEST);
    }
}
