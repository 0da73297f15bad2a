package dev.todo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The examples that users read, in comments and in the README, compile. */
class ExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/todo/contract");
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)\n *\\* }</pre>", Pattern.DOTALL);
    private static final Pattern README = Pattern.compile("```java\n(class .*?)```", Pattern.DOTALL);
    private static final String IMPORTS = """
            import static org.junit.jupiter.api.Assertions.*;
            import dev.todo.contract.*;
            import dev.todo.contract.ContractCheck.Also;
            import java.net.*;
            import java.net.http.*;
            import java.net.http.HttpResponse.BodyHandlers;
            import java.util.*;
            import org.junit.jupiter.api.Test;
            import org.springframework.test.web.reactive.server.WebTestClient;
            """;

    @Test
    void theExamplesInComments() throws IOException {
        List<Source> examples = new ArrayList<>();
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.sorted().toList()) {
                found(JAVADOC, source)
                        .forEach(code -> examples.add(new Source(
                                "Example" + examples.size(),
                                "class %s { ContractCheck contract; URI uri; byte[] body; void example() { %s } }"
                                        .formatted("Example" + examples.size(), code.replaceAll("(?m)^ *\\* ?", "")))));
            }
        }
        assertThat(examples).hasSize(5);
        compile(examples);
    }

    @Test
    void theTestsInTheReadme() throws IOException {
        List<String> tests = found(README, Path.of("../../README.md"));
        assertThat(tests).hasSize(2).allMatch(test -> test.contains("new ContractCheck()"));
        for (String test : tests) {
            compile(List.of(new Source("TasksTest", test)));
        }
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static void compile(List<Source> sources) throws IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        problems,
                        List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                        null,
                        sources);
        task.analyze();
        assertThat(problems.getDiagnostics()).isEmpty();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("memory:///" + name + ".java"), Kind.SOURCE);
            this.code = IMPORTS + code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
