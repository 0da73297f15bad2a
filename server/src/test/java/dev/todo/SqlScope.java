package dev.todo;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a statement far enough to know whether each table of users' data in each of its queries is narrowed to one
 * user: an INSERT by naming the column, all else by comparing {@code user_id} with a bound value, in a WHERE or an ON
 * that no OR gets around.
 */
public final class SqlScope {
    private static final Set<String> USER_DATA =
            Set.of("tasks", "accounts", "sessions", "refresh_tokens", "idempotency_keys", "trash", "task_counts");

    private static final Set<String> QUERY = Set.of("select", "insert", "update", "delete", "with", "merge", "values");
    private static final Set<String> SET_OPERATION = Set.of("union", "intersect", "except");
    private static final Set<String> CONDITION = Set.of("where", "on");
    private static final Set<String> MAY_HOLD_UNKNOWN_GROUPS = Set.of("where", "on", "order");
    private static final Pattern CLAUSE =
            Pattern.compile("select|from|where|on|conflict|group|having|order|limit|offset|fetch|for|returning|set|as"
                    + "|values|window|join|left|right|inner|full|cross|natural|using|insert|update|delete");

    private static final Pattern TOKEN = Pattern.compile(
            "--[^\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"[^\"]*\"|::|[:$]?\\w+|[<>!]=|<>|\\S", Pattern.DOTALL);
    private static final Pattern COMPARISON = Pattern.compile("(?:(\\w+) \\. )?user_id = [:$?]\\w*");
    private static final Pattern MIRRORED = Pattern.compile("[:$?]\\w* = (?:(\\w+) \\. )?user_id");
    private static final Pattern TUPLE =
            Pattern.compile("\\( (?:(\\w+) \\. )?user_id(?: , [^()]+)* \\) = \\( [:$?]\\w* .*\\)");

    private final List<String> faults = new ArrayList<>();

    /** A token, or what stands between parentheses. */
    private record Node(String token, List<Node> inside) {
        boolean isGroup() {
            return token.equals("(");
        }

        boolean isQuery() {
            return isGroup() && !inside.isEmpty() && QUERY.contains(inside.get(0).token);
        }

        /** This and what is inside, other queries left out. */
        Stream<Node> tree() {
            return isQuery()
                    ? Stream.empty()
                    : Stream.concat(Stream.of(this), inside.stream().flatMap(Node::tree));
        }

        /** The queries that stand in this one. */
        Stream<Node> queries() {
            return isQuery() ? Stream.of(this) : inside.stream().flatMap(Node::queries);
        }

        @Override
        public String toString() {
            return isGroup() ? "( " + text(inside) + " )" : token;
        }
    }

    /** What follows one keyword of a query. */
    private record Clause(String keyword, List<Node> nodes) {
        /** An unknown text may stand where it can neither name a table nor get around a condition. */
        boolean isReadable() {
            boolean atTop = nodes.stream().anyMatch(SqlScope::isUnknown);
            boolean below = nodes.stream().flatMap(Node::tree).anyMatch(SqlScope::isUnknown);
            return !below || (atTop ? keyword.equals("order") : MAY_HOLD_UNKNOWN_GROUPS.contains(keyword));
        }
    }

    private SqlScope() {}

    public static List<String> faults(String sql) {
        Iterator<String> tokens = TOKEN.matcher(sql)
                .results()
                .map(MatchResult::group)
                .filter(token -> !token.startsWith("--") && !token.startsWith("/*"))
                .iterator();
        SqlScope statement = new SqlScope();
        statement.checkQueries(parse(tokens));
        if (tokens.hasNext()) {
            statement.faults.add("cannot be read, its parentheses do not match: " + sql);
        }
        return statement.faults;
    }

    private static List<Node> parse(Iterator<String> tokens) {
        List<Node> nodes = new ArrayList<>();
        while (tokens.hasNext()) {
            String token = tokens.next().replace("\"", "").toLowerCase(Locale.ROOT);
            if (token.equals(")")) {
                return nodes;
            }
            nodes.add(new Node(token, token.equals("(") ? parse(tokens) : List.of()));
        }
        return nodes;
    }

    private void checkQueries(List<Node> nodes) {
        split(nodes, SET_OPERATION).forEach(this::checkQuery);
        nodes.stream().flatMap(Node::queries).forEach(query -> checkQueries(query.inside));
    }

    private void checkQuery(List<Node> nodes) {
        List<Clause> clauses = clauses(nodes);
        if (!clauses.stream().allMatch(Clause::isReadable)) {
            faults.add("cannot be read, a part of it is not known before it runs: " + text(nodes));
        }
        Set<String> narrowed = new LinkedHashSet<>();
        clauses.stream()
                .filter(clause -> CONDITION.contains(clause.keyword))
                .forEach(clause -> narrowed.addAll(narrowedBy(clause.nodes)));
        List<String> tables = tables(nodes);
        if (tables.size() == 1 && narrowed.contains("")) {
            return;
        }
        tables.stream()
                .filter(table -> !narrowed.contains(table))
                .map(table -> table + " is not narrowed to one user_id: " + text(nodes))
                .forEach(faults::add);
    }

    /** By what names this query knows tables of users' data, other than to insert into. */
    private static List<String> tables(List<Node> nodes) {
        List<Node> flat = nodes.stream().flatMap(Node::tree).toList();
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < flat.size(); i++) {
            if (!USER_DATA.contains(flat.get(i).token) || at(flat, i + 1).token.equals(".")) {
                continue;
            }
            if (at(flat, i - 1).token.equals("into") && namesUser(at(flat, i + 1))) {
                continue;
            }
            String next = at(flat, at(flat, i + 1).token.equals("as") ? i + 2 : i + 1).token;
            boolean alias = next.matches("\\w+") && !CLAUSE.matcher(next).matches();
            tables.add(alias ? next : flat.get(i).token);
        }
        return tables;
    }

    private static boolean namesUser(Node columns) {
        return columns.inside.stream().anyMatch(column -> column.token.equals("user_id"));
    }

    private static List<Clause> clauses(List<Node> nodes) {
        List<Clause> clauses = new ArrayList<>();
        clauses.add(new Clause("", new ArrayList<>()));
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean distinctFrom = at(nodes, i - 1).token.equals("distinct");
            if (CLAUSE.matcher(node.token).matches() && !distinctFrom) {
                clauses.add(new Clause(node.token, new ArrayList<>()));
            } else {
                clauses.get(clauses.size() - 1).nodes.add(node);
            }
        }
        return clauses;
    }

    /** The tables that a condition narrows: by any of what AND joins, by what all sides of an OR agree on. */
    private static Set<String> narrowedBy(List<Node> condition) {
        Set<String> agreed = new LinkedHashSet<>();
        List<List<Node>> sides = split(condition, Set.of("or"));
        sides.forEach(side -> agreed.addAll(narrowedByAll(side)));
        sides.forEach(side -> agreed.retainAll(narrowedByAll(side)));
        return agreed;
    }

    private static Set<String> narrowedByAll(List<Node> side) {
        Set<String> narrowed = new LinkedHashSet<>();
        for (List<Node> term : split(side, Set.of("and"))) {
            if (term.size() == 1 && term.get(0).isGroup()) {
                narrowed.addAll(narrowedBy(term.get(0).inside));
            }
            Stream.of(COMPARISON, MIRRORED, TUPLE)
                    .map(pattern -> pattern.matcher(text(term)))
                    .filter(Matcher::matches)
                    .map(match -> match.group(1) == null ? "" : match.group(1))
                    .forEach(narrowed::add);
        }
        return narrowed;
    }

    private static List<List<Node>> split(List<Node> nodes, Set<String> separators) {
        List<List<Node>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        for (Node node : nodes) {
            if (separators.contains(node.token)) {
                parts.add(new ArrayList<>());
            } else {
                parts.get(parts.size() - 1).add(node);
            }
        }
        return parts;
    }

    private static Node at(List<Node> nodes, int index) {
        return index >= 0 && index < nodes.size() ? nodes.get(index) : new Node("", List.of());
    }

    private static boolean isUnknown(Node node) {
        return node.token.contains(StoreSource.UNKNOWN);
    }

    private static String text(List<Node> nodes) {
        return nodes.stream().map(Node::toString).collect(joining(" "));
    }
}
