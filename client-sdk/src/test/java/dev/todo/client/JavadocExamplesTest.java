package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import dev.todo.client.PublicSources.Example;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users read of the client: nothing public is without a comment, and the examples in the comments compile. */
class JavadocExamplesTest {
    private static PublicSources sources;

    @BeforeAll
    static void readTheSources() throws IOException {
        sources = PublicSources.read();
    }

    @Test
    void everythingPublicHasAComment() {
        assertThat(sources.types()).hasSizeGreaterThan(50);
        assertThat(sources.withoutComment()).isEmpty();
    }

    @Test
    void whatIsNotPlainHasAnExample() {
        assertThat(sources.types().entrySet().stream()
                        .filter(type -> !type.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .contains(
                        "AccountPatch",
                        "Accounts",
                        "Answer",
                        "AsyncListing",
                        "AsyncTasks",
                        "AsyncTodoClient",
                        "BulkChange",
                        "CallObserver",
                        "CallOptions",
                        "Credentials",
                        "ImportReport",
                        "Listing",
                        "Page",
                        "Priority",
                        "ProblemCode",
                        "ProblemException",
                        "RateLimit",
                        "Reminder",
                        "Retries",
                        "Server",
                        "Tags",
                        "Task",
                        "TaskDraft",
                        "TaskFormat",
                        "TaskPatch",
                        "TaskQuery",
                        "TaskSelection",
                        "TaskStats",
                        "Tasks",
                        "TodoClient",
                        "TodoException",
                        "TokenStore",
                        "Transport",
                        "Trash");
    }

    @Test
    void everyExampleCompiles() throws IOException {
        List<Example> examples = sources.examples();
        List<Snippet> snippets = IntStream.range(0, examples.size())
                .mapToObj(number -> new Snippet("Example" + number, examples.get(number)))
                .toList();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        found,
                        List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                        null,
                        snippets);
        task.analyze();
        assertThat(found.getDiagnostics())
                .as(found.getDiagnostics().stream().map(Snippet::place).collect(Collectors.joining("\n")))
                .isEmpty();
    }

    /** An example as a class in another package, as its reader would write one. */
    private static final class Snippet extends SimpleJavaFileObject {
        private static final String HEAD = """
                package example;

                import dev.todo.client.*;
                import java.io.*;
                import java.net.*;
                import java.net.http.*;
                import java.nio.file.*;
                import java.time.*;
                import java.util.*;
                import java.util.concurrent.*;
                import java.util.function.*;

                class %s {
                    TodoClient todo;

                    void example() throws Exception {
                """;

        private final String name;
        private final Example example;

        Snippet(String name, Example example) {
            super(URI.create("memory:///example/" + name + ".java"), Kind.SOURCE);
            this.name = name;
            this.example = example;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return HEAD.formatted(name) + example.code() + "}}";
        }

        static String place(Diagnostic<? extends JavaFileObject> problem) {
            if (!(problem.getSource() instanceof Snippet snippet)) {
                return Objects.requireNonNull(problem.getMessage(Locale.ROOT));
            }
            long line = problem.getLineNumber() - HEAD.lines().count() - 1 + snippet.example.line();
            return snippet.example.file() + ":" + line + ": " + problem.getMessage(Locale.ROOT);
        }
    }
}
