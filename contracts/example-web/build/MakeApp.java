import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * Makes what a browser loads: TypeScript without its types, file by file, and everything else as it is. Called with the
 * version of TypeScript, the directory to make, and those to make it from.
 */
class MakeApp {
    private static final String COMPILER = "META-INF/resources/webjars/typescript/%s/lib/typescript.js";
    private static final String TRANSPILE = """
            source => module.exports.transpileModule(source, {compilerOptions: {
                target: "ES2023", module: "ESNext", verbatimModuleSyntax: true, removeComments: true
            }}).outputText
            """;

    public static void main(String[] arguments) throws IOException {
        Path app = Path.of(arguments[1]);
        Map<Path, Path> sources = new TreeMap<>();
        for (String directory : List.of(arguments).subList(2, arguments.length)) {
            Path from = Path.of(directory);
            for (Path file : files(from)) {
                String name = from.relativize(file).toString();
                if (!name.startsWith("public") && name.matches(".*\\.(html|css|ts|js|svg)")) {
                    sources.put(app.resolve(name.replaceFirst("\\.ts$", ".js")), file);
                }
            }
        }
        if (isStale(app, sources)) {
            delete(app);
            make(sources, String.format(COMPILER, arguments[0]));
        }
    }

    /** All are made anew when one is, so that nothing is left of a source that is gone. */
    private static boolean isStale(Path app, Map<Path, Path> sources) throws IOException {
        if (!Files.exists(app) || !files(app).equals(List.copyOf(sources.keySet()))) {
            return true;
        }
        for (Map.Entry<Path, Path> source : sources.entrySet()) {
            if (Files.getLastModifiedTime(source.getKey()).compareTo(Files.getLastModifiedTime(source.getValue())) < 0) {
                return true;
            }
        }
        return false;
    }

    private static void make(Map<Path, Path> sources, String compiler) throws IOException {
        URL typescript = Thread.currentThread().getContextClassLoader().getResource(compiler);
        try (Context context = Context.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build()) {
            context.eval("js", "var module = {exports: {}};");
            context.eval(Source.newBuilder("js", typescript).build());
            Value transpile = context.eval("js", TRANSPILE);
            for (Map.Entry<Path, Path> source : sources.entrySet()) {
                Files.createDirectories(source.getKey().getParent());
                String text = Files.readString(source.getValue());
                String name = source.getValue().toString();
                Files.writeString(
                        source.getKey(),
                        name.endsWith(".ts")
                                ? transpile.execute(text).asString()
                                : name.endsWith(".html") ? text.replace(".ts\"", ".js\"") : text);
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
