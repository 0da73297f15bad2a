package dev.todo.web;

import dev.todo.problem.ProblemType;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/** What the types of problems lead to: a page for each, and one of all. What they say stands in the contract's table. */
final class ProblemPages {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\d{3} \\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s - Todo API</title>
            <link rel="icon" href="/docs/icon.svg">
            <link rel="stylesheet" href="/problems/problems.css">
            </head>
            <body>
            <nav><a href="/docs">Reference</a> <a href="/problems">All problems</a></nav>
            <main>
            <h1>%1$s</h1>
            %2$s</main>
            </body>
            </html>
            """;

    private final Map<String, Entry> entries;

    /** A row of the table, as HTML. */
    private record Entry(String meaning, String remedy) {
        static Entry of(MatchResult row) {
            return new Entry(sentence(row.group(2)), sentence(row.group(3)));
        }

        private static String sentence(String text) {
            String escaped = HtmlUtils.htmlEscape(text, "UTF-8");
            String marked = CODE.matcher(escaped).replaceAll("<code>$1</code>");
            return Character.toUpperCase(marked.charAt(0)) + marked.substring(1) + ".";
        }
    }

    private ProblemPages(String description) {
        entries = ROW.matcher(description)
                .results()
                .collect(Collectors.toUnmodifiableMap(row -> row.group(1), Entry::of));
    }

    static Stream<Page> of(Contract contract) {
        ProblemPages pages = new ProblemPages(contract.document().getInfo().getDescription());
        return Stream.concat(
                Stream.of(Page.html("/problems", pages::index)),
                Stream.of(ProblemType.values()).map(type -> Page.html(type.uri(), () -> pages.page(type))));
    }

    private String page(ProblemType type) {
        return PAGE.formatted(type.title(), facts(type));
    }

    private String index() {
        String all = Stream.of(ProblemType.values())
                .map(type -> """
                        <section id="%s">
                        <h2><a href="%s">%s</a></h2>
                        %s</section>
                        """.formatted(type.code(), type.uri(), type.title(), facts(type)))
                .collect(Collectors.joining());
        return PAGE.formatted("Problems", "<p>Whatever the API refuses is one of these.</p>\n" + all);
    }

    private String facts(ProblemType type) {
        Entry entry = Objects.requireNonNull(entries.get(type.code()), "The contract does not explain " + type.code());
        return """
                <p><code>%s</code> is answered with status %d.</p>
                <dl>
                <dt>What it means</dt><dd>%s</dd>
                <dt>What to do</dt><dd>%s</dd>
                </dl>
                """.formatted(type.code(), type.status(), entry.meaning, entry.remedy);
    }
}
