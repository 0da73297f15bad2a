package dev.todo;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The SQL in the source of a store, put together as the program would: every text that a literal, a concatenation, a
 * constant, a choice, {@code formatted} or a method of the store or of a neighbour may come to.
 */
final class StoreSource {
    /** Stands in a text for what only the running program knows. */
    static final String UNKNOWN = "\u241F";

    private static final Set<String> TAKERS_OF_SQL = Set.of("sql", "createStatement");
    private static final Set<String> TRIMMERS = Set.of("strip", "stripIndent", "stripTrailing", "stripLeading", "trim");
    private static final Pattern STATEMENT = Pattern.compile(
            "\\s*(select|insert|update|delete|with|merge|truncate|copy|lock|table)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern HEADLESS =
            Pattern.compile(UNKNOWN + ".*\\b(from|join|into|update)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FORMAT = Pattern.compile("%(?:(?:(\\d+)\\$)?([sdn%]))?");
    private static final int MOST_READINGS = 1000;

    private final StoreNames names;
    private final StoreNames others;
    private final Set<String> statements = new LinkedHashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    private StoreSource(StoreNames names, StoreNames others) {
        this.names = names;
        this.others = others;
    }

    /** All statements that a source may come to; {@code neighbours} are the other sources of its package. */
    static Set<String> statements(String source, List<String> neighbours) {
        StoreNames names = new StoreNames();
        StoreNames others = new StoreNames();
        CompilationUnitTree unit = parse(source);
        names.scan(unit, null);
        neighbours.forEach(neighbour -> others.scan(parse(neighbour), null));
        StoreSource store = new StoreSource(names, others);
        store.new Texts().scan(unit, null);
        return store.statements;
    }

    /** Takes each text at its outermost; what is only a part of others is read where it is used. */
    private final class Texts extends TreeScanner<Void, Void> {
        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            String name = variable.getName().toString();
            boolean part = names.isUsed(name) && isReadable(named(name));
            return part ? null : super.visitVariable(variable, null);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void nothing) {
            keepStatements(readings(literal));
            return null;
        }

        @Override
        public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
            keepStatements(readings(identifier));
            return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            if (TAKERS_OF_SQL.contains(StoreNames.last(call.getMethodSelect()))
                    && !call.getArguments().isEmpty()) {
                statements.addAll(readings(call.getArguments().get(0)));
            }
            Set<String> readings = readings(call);
            keepStatements(readings);
            return readings.equals(Set.of(UNKNOWN))
                    ? super.visitMethodInvocation(call, null)
                    : scan(call.getArguments(), null);
        }

        @Override
        public Void visitBinary(BinaryTree binary, Void nothing) {
            keepStatements(readings(binary));
            return binary.getKind() == Tree.Kind.PLUS ? null : super.visitBinary(binary, null);
        }

        private void keepStatements(Set<String> readings) {
            readings.stream()
                    .filter(text -> STATEMENT.matcher(text).matches()
                            || HEADLESS.matcher(text).matches())
                    .forEach(statements::add);
        }
    }

    private Set<String> readings(Tree tree) {
        if (tree instanceof LiteralTree literal) {
            return Set.of(String.valueOf(literal.getValue()));
        } else if (tree instanceof ParenthesizedTree parenthesized) {
            return readings(parenthesized.getExpression());
        } else if (tree instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            return join(readings(binary.getLeftOperand()), readings(binary.getRightOperand()));
        } else if (tree instanceof ConditionalExpressionTree choice) {
            return union(List.of(choice.getTrueExpression(), choice.getFalseExpression()));
        } else if (tree instanceof SwitchExpressionTree choice) {
            return union(choice.getCases().stream()
                    .map(CaseTree::getBody)
                    .filter(body -> !(body instanceof ThrowTree))
                    .toList());
        } else if (tree instanceof MethodInvocationTree call) {
            return readings(call);
        } else if (tree instanceof IdentifierTree identifier) {
            return named(identifier.getName().toString());
        } else if (tree instanceof MemberSelectTree member && names.isOwn(StoreNames.last(member.getExpression()))) {
            return named(member.getIdentifier().toString());
        } else if (tree instanceof MemberSelectTree member && others.isOwn(StoreNames.last(member.getExpression()))) {
            StoreNames none = new StoreNames();
            return new StoreSource(others, none).named(member.getIdentifier().toString());
        }
        return Set.of(UNKNOWN);
    }

    private Set<String> readings(MethodInvocationTree call) {
        String name = StoreNames.last(call.getMethodSelect());
        List<? extends ExpressionTree> arguments = call.getArguments();
        if (call.getMethodSelect() instanceof MemberSelectTree select) {
            if (name.equals("formatted")) {
                return format(readings(select.getExpression()), arguments);
            } else if (name.equals("format")
                    && StoreNames.last(select.getExpression()).equals("String")) {
                return format(readings(arguments.get(0)), arguments.subList(1, arguments.size()));
            } else if (TRIMMERS.contains(name)) {
                return readings(select.getExpression());
            }
            return arguments.isEmpty() ? resultsOfNeighbour(name) : Set.of(UNKNOWN);
        }
        return meanings(name + "()", names.results(name));
    }

    private Set<String> resultsOfNeighbour(String method) {
        StoreNames none = new StoreNames();
        // What has the name of a field, too, may be the accessor of a record, which no source writes down.
        return others.isUnknown(method)
                ? Set.of(UNKNOWN)
                : new StoreSource(others, none).meanings(method + "()", others.results(method));
    }

    private Set<String> named(String name) {
        return meanings(name, names.values(name));
    }

    private Set<String> meanings(String name, List<ExpressionTree> expressions) {
        if (expressions.isEmpty() || open.contains(name)) {
            return Set.of(UNKNOWN);
        }
        open.push(name);
        Set<String> readings = union(expressions);
        open.pop();
        return readings;
    }

    private Set<String> format(Set<String> templates, List<? extends ExpressionTree> arguments) {
        Set<String> readings = new LinkedHashSet<>();
        for (String template : templates) {
            Set<String> parts = Set.of("");
            Matcher hole = FORMAT.matcher(template);
            int next = 0;
            int end = 0;
            while (hole.find()) {
                parts = join(parts, Set.of(template.substring(end, hole.start())));
                end = hole.end();
                String conversion = hole.group(2);
                if ("n".equals(conversion) || "%".equals(conversion)) {
                    parts = join(parts, Set.of(conversion.replace('n', '\n')));
                } else {
                    int index = hole.group(1) == null ? next++ : Integer.parseInt(hole.group(1)) - 1;
                    boolean given = conversion != null && index < arguments.size();
                    parts = join(parts, given ? readings(arguments.get(index)) : Set.of(UNKNOWN));
                }
            }
            readings.addAll(join(parts, Set.of(template.substring(end))));
        }
        return readings;
    }

    private Set<String> union(Collection<? extends Tree> trees) {
        Set<String> readings = new LinkedHashSet<>();
        trees.forEach(tree -> readings.addAll(readings(tree)));
        return readings;
    }

    private static Set<String> join(Set<String> left, Set<String> right) {
        Set<String> joined = new LinkedHashSet<>();
        left.forEach(head -> right.forEach(tail -> joined.add(head + tail)));
        return joined.size() > MOST_READINGS ? Set.of(UNKNOWN) : joined;
    }

    private static boolean isReadable(Set<String> readings) {
        return readings.stream().noneMatch(text -> text.contains(UNKNOWN));
    }

    private static CompilationUnitTree parse(String source) {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Store.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavacTask parser = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
        try {
            return parser.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
