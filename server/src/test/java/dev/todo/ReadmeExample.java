package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of a Better Auth front end in the README, as it stands there but for the addresses and the account. */
final class ReadmeExample {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern TYPESCRIPT =
            Pattern.compile("```ts\n(import \\{ createAuthClient .*?)```", Pattern.DOTALL);

    private ReadmeExample() {}

    /** What it prints; it must pass the type checker first. */
    static List<String> run(String betterAuth, String todo, String email) throws Exception {
        Matcher readme = TYPESCRIPT.matcher(Files.readString(README));
        assertThat(readme.find()).isTrue();
        String lines = readme.group(1);
        assertThat(readme.find()).as("one example and no other").isFalse();
        Files.writeString(BetterAuth.FOLDER.resolve("readme.ts"), lines);
        assertThat(printed(betterAuth, "node", "node_modules/typescript/bin/tsc"))
                .isEmpty();

        lines = replaced(lines, "http://localhost:3000", betterAuth);
        lines = replaced(lines, "http://localhost:8080/", todo);
        lines = replaced(lines, "alice@example.com", email);
        lines = replaced(lines, "correct horse battery", BetterAuth.PASSWORD);
        Files.writeString(BetterAuth.FOLDER.resolve("readme.js"), lines);
        return printed(betterAuth, "node", "--import", "./browser.js", "readme.js");
    }

    private static String replaced(String lines, String text, String by) {
        assertThat(lines).contains(text);
        return lines.replace(text, by);
    }

    private static List<String> printed(String page, String... command) throws Exception {
        ProcessBuilder program = new ProcessBuilder(command).directory(BetterAuth.FOLDER.toFile());
        program.environment().put("PAGE_ORIGIN", page);
        return Printed.by(program, BetterAuth.FOLDER.resolve("readme.out"));
    }
}
