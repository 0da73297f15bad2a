package dev.todo.client;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreePath;
import com.sun.source.util.DocTreePathScanner;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the sources of the exported package show to its users: public names, their comments, the examples in these. */
final class PublicSources {
    private static final Path PACKAGE = Path.of("src/main/java/dev/todo/client");

    private final Map<String, List<Example>> types = new TreeMap<>();
    private final Set<String> withoutComment = new TreeSet<>();

    /** A piece of code in a comment, and where its first line is. */
    record Example(String file, long line, String code) {}

    static PublicSources read() throws IOException {
        PublicSources sources = new PublicSources();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> paths =
                        Files.list(PACKAGE).filter(path -> path.toString().endsWith(".java"));
                StandardJavaFileManager files =
                        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths.toList()));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                sources.new Reader(trees, unit).scan(unit, null);
            }
        }
        return sources;
    }

    /** The public types, and the examples in the comments of each and of its members. */
    Map<String, List<Example>> types() {
        return types;
    }

    /** The public types and members without a comment of their own, except what they override. */
    Set<String> withoutComment() {
        return withoutComment;
    }

    List<Example> examples() {
        return types.values().stream().flatMap(List::stream).toList();
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable String> {
        private final DocTrees trees;
        private final CompilationUnitTree unit;

        Reader(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable String outer) {
            String name = (outer == null ? "" : outer + ".") + tree.getSimpleName();
            if (shown(tree.getModifiers())) {
                types.put(name, new ArrayList<>());
                read(name, name);
                super.visitClass(tree, name);
            }
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable String type) {
            boolean overrides = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
            boolean written = trees.getSourcePositions().getEndPosition(unit, tree) > 0;
            if (shown(tree.getModifiers()) && written && !overrides) {
                read(type, type + "." + tree.getName());
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable String type) {
            if (shown(tree.getModifiers())) {
                read(type, type + "." + tree.getName());
            }
            return null;
        }

        private boolean shown(ModifiersTree modifiers) {
            TreePath outer = getCurrentPath().getParentPath();
            boolean inInterface = outer.getLeaf().getKind() == Tree.Kind.INTERFACE;
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private void read(@Nullable String type, String name) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment == null || comment.getFirstSentence().isEmpty()) {
                withoutComment.add(name);
            } else {
                new DocTreePathScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
                        String code = literal.getBody().getBody();
                        if (literal.getKind() == DocTree.Kind.CODE && code.contains("\n")) {
                            types.getOrDefault(type, List.of()).add(example(comment, literal, code));
                        }
                        return null;
                    }
                }.scan(new DocTreePath(getCurrentPath(), comment), null);
            }
        }

        // Newer compilers leave out the end of the line on which the example is announced.
        private Example example(DocCommentTree comment, LiteralTree literal, String code) {
            long start = trees.getSourcePositions().getStartPosition(unit, comment, literal);
            return new Example(
                    Path.of(unit.getSourceFile().getName()).getFileName().toString(),
                    unit.getLineMap().getLineNumber(start) + 1,
                    code.startsWith("\n") ? code.substring(1) : code);
        }
    }
}
