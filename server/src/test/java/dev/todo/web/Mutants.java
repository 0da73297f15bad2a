package dev.todo.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** JSON that is nearly what it was: with other values, fields and spellings. */
final class Mutants {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The bounds of the contract, and what lies beside them. */
    private static final List<String> LENGTHS = words("""
            0 1 2 3 5 6 7 8 20 21 49 50 51 64 65 100 101 128 129 199 200 201 254 255 256 999 1000 1001
            """);

    private static final List<String> UNITS = List.of(
            "a", "Z", " ", "\t", "-", ",", "@", "\u00e9", "\u65e5", "\ud83d\ude00", "\u200b", "\ufeff", "\u00a0");

    private static final List<String> ENDS =
            List.of("", "", "", "x", " ", "\n", "\r", "\u2028", "\u0085", "\u0000", "\ud83d", "\ude00");

    /** Values as they are written. */
    static final List<String> VALUES = words("""
            null true false 0 1 -1 -0 1.0 1e2 1E0 0.5 59 60 525600 525601 2147483647 2147483648 01 +1 NaN
            9007199254740991 9007199254740992 9223372036854775807 9223372036854775808 123456789012345678901234567890
            [] {} [1] [1,1] [null] ["a","b"] ["a","a"] [[]] {"a":1} {"minutes_before":60} 'a' "null" "true" "1" ""
            "\\ud83d" "\\ude00\\ud83d" "a\\u0000" "\\ud83d\\ude00" "\\n" "none" "high" "HIGH" "high\\u0020" "fixed"
            "after_completion" "all" "today" "2026-12-01" "2026-02-29" "2024-02-29" "2000-02-29" "2100-02-29"
            "2026-04-31" "2026-13-01" "2026-00-10" "2026-12-00" "1899-12-31" "1900-01-01" "9999-12-31" "0000-01-01"
            "10000-01-01" "2026-12-1" "2026-12-01Z" "\\u0662026-12-01" "2026-12-01T00:00:00Z" "2026-12-01T00:00:00"
            "2026-12-01T23:59:59.999Z" "2026-12-01T23:59:60Z" "2026-12-01T24:00:00Z" "2026-12-01T00:00:00.1234567Z"
            "2026-11-31T00:00:00Z" "2026-12-01T00:00:00-12:00" "2026-12-01T00:00:00+14:59" "2026-12-01T00:00:00.Z"
            "2026-12-01t00:00:00z"
            "09:00" "9:00" "23:59" "24:00" "09:00\\n" "Europe/Berlin" "Etc/GMT+5" "a@b" "@" "a@b\\n" "FREQ=DAILY"
            """);

    static final List<String> FIELDS = words("""
            title description completed priority tags due_date due_time due_time_zone reminders recurrence
            recurrence_mode ids filter dry_run add_tags status q due name email password time_zone minutes_before
            remind_at Title id \u00e9
            """);

    private static final String PLACEHOLDER = "\u0001";

    private final Random random;
    private final Set<String> kinds = new TreeSet<>();

    Mutants(Random random) {
        this.random = random;
    }

    /** How many kinds of change have been made. */
    int kinds() {
        return kinds.size();
    }

    byte[] of(String json) throws JsonProcessingException {
        JsonNode root = JSON.readTree(json);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            List<JsonNode> places = new ArrayList<>();
            collect(root, places);
            change(pick(places), PLACEHOLDER + i);
        }
        String text = JSON.writeValueAsString(root);
        for (int i = 0; i < changes; i++) {
            text = text.replace("\"\\u0001" + i + "\"", value());
        }
        return random.nextInt(4) == 0 ? respelled(text) : text.getBytes(UTF_8);
    }

    private void change(JsonNode place, String value) {
        if (place instanceof ArrayNode items) {
            switch (kind("array", 3)) {
                case 0 -> items.add(value);
                case 1 -> IntStream.range(0, random.nextInt(22)).forEach(i -> items.add("t" + i));
                default -> items.removeAll();
            }
            return;
        }
        ObjectNode object = (ObjectNode) place;
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "title" : pick(names);
        switch (kind("object", 4)) {
            case 0 -> object.remove(name);
            case 1 -> object.put(name, value);
            case 2 -> object.put(pick(FIELDS), value);
            default -> object.set(pick(FIELDS), object.remove(name));
        }
    }

    private int kind(String of, int count) {
        int kind = random.nextInt(count);
        kinds.add(of + kind);
        return kind;
    }

    private String value() {
        if (random.nextBoolean()) {
            return pick(VALUES);
        }
        String text = pick(UNITS).repeat(Integer.parseInt(pick(LENGTHS))) + pick(ENDS);
        boolean escaped = random.nextBoolean();
        return text.chars()
                .mapToObj(c -> c < ' ' || (Character.isSurrogate((char) c) && escaped)
                        ? "\\u%04x".formatted(c)
                        : String.valueOf((char) c))
                .collect(joining("", "\"", "\""));
    }

    private byte[] respelled(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int at = random.nextInt(bytes.length + 1);
        return switch (kind("spelling", 7)) {
            case 0 -> ("\ufeff" + text).getBytes(UTF_8);
            case 1 -> (text + pick(List.of(" ", "\n", "}", "null", "\u0000", ","))).getBytes(UTF_8);
            case 2 -> text.replaceFirst("\\{", "{\"title\":\"twice\",").getBytes(UTF_8);
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> spliced(bytes, at, new byte[] {(byte) random.nextInt(256)});
            case 5 -> spliced(bytes, at, new byte[] {(byte) 0xC0, (byte) 0x80});
            default ->
                spliced(
                        bytes,
                        at,
                        pick(List.of("\ufffd", "\"", "\\", "0", ".0", "e1", " "))
                                .getBytes(UTF_8));
        };
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] piece) {
        byte[] whole = Arrays.copyOf(bytes, bytes.length + piece.length);
        System.arraycopy(piece, 0, whole, at, piece.length);
        System.arraycopy(bytes, at, whole, at + piece.length, bytes.length - at);
        return whole;
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
        }
        node.forEach(child -> collect(child, places));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
