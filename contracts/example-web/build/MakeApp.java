import com.caoccao.javet.swc4j.Swc4j;
import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import com.caoccao.javet.swc4j.enums.Swc4jParseMode;
import com.caoccao.javet.swc4j.enums.Swc4jSourceMapOption;
import com.caoccao.javet.swc4j.options.Swc4jTranspileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/**
 * Makes what a browser loads: TypeScript without its types, file by file, and everything else as it is. Called with the
 * directory to make, and those to make it from.
 */
class MakeApp {
    private static final Swc4jTranspileOptions MODULE = new Swc4jTranspileOptions()
            .setMediaType(Swc4jMediaType.TypeScript)
            .setParseMode(Swc4jParseMode.Module)
            .setSourceMap(Swc4jSourceMapOption.None)
            .setVerbatimModuleSyntax(true)
            .setKeepComments(false);

    public static void main(String[] directories) throws Exception {
        // Where there is no library, swc4j would say so with a stack trace.
        LogManager.getLogManager().reset();
        Path app = Path.of(directories[0]);
        Map<Path, Path> sources = new TreeMap<>();
        for (String from : List.of(directories).subList(1, directories.length)) {
            files(Path.of(from)).forEach(file -> target(app, Path.of(from), file, sources));
        }
        if (stale(app, sources)) {
            delete(app);
            try {
                make(sources);
            } catch (UnsatisfiedLinkError e) {
                delete(app);
                System.out.println("There is no example front end in this build: swc4j has no library for "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch") + ".");
            }
        }
    }

    private static void target(Path app, Path from, Path file, Map<Path, Path> sources) {
        String name = from.relativize(file).toString();
        if (!name.startsWith("public") && name.matches(".*\\.(html|css|ts|js|svg)")) {
            sources.put(app.resolve(name.replaceFirst("\\.ts$", ".js")), file);
        }
    }

    /** All are made anew when one is, so that nothing is left of a source that is gone. */
    private static boolean stale(Path app, Map<Path, Path> sources) throws IOException {
        if (!Files.exists(app) || !files(app).toList().equals(List.copyOf(sources.keySet()))) {
            return true;
        }
        for (Map.Entry<Path, Path> source : sources.entrySet()) {
            if (Files.getLastModifiedTime(source.getKey()).compareTo(Files.getLastModifiedTime(source.getValue())) < 0) {
                return true;
            }
        }
        return false;
    }

    private static void make(Map<Path, Path> sources) throws Exception {
        Swc4j swc = new Swc4j();
        for (Map.Entry<Path, Path> source : sources.entrySet()) {
            Files.createDirectories(source.getKey().getParent());
            String name = source.getValue().toString();
            if (name.endsWith(".ts")) {
                Files.writeString(source.getKey(), swc.transpile(Files.readString(source.getValue()), MODULE).getCode());
            } else if (name.endsWith(".html")) {
                Files.writeString(source.getKey(), Files.readString(source.getValue()).replace(".ts\"", ".js\""));
            } else {
                Files.copy(source.getValue(), source.getKey(), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList().stream();
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
