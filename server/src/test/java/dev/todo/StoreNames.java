package dev.todo;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the names in the source of a store, or of its neighbours, stand for: several things, where a name is given several times. */
final class StoreNames extends TreeScanner<Void, Void> {
    private final Map<String, List<ExpressionTree>> values = new HashMap<>();
    private final Map<String, List<ExpressionTree>> results = new HashMap<>();
    private final Set<String> types = new LinkedHashSet<>(Set.of("this"));
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> used = new LinkedHashSet<>();

    private final Deque<String> methods = new ArrayDeque<>();

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
        if (!type.getSimpleName().isEmpty()) {
            types.add(type.getSimpleName().toString());
        }
        return super.visitClass(type, null);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
        String name = variable.getName().toString();
        if (variable.getInitializer() == null) {
            unknown.add(name);
        } else {
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(variable.getInitializer());
        }
        return super.visitVariable(variable, null);
    }

    @Override
    public Void visitAssignment(AssignmentTree assignment, Void nothing) {
        unknown.add(last(assignment.getVariable()));
        return super.visitAssignment(assignment, null);
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree assignment, Void nothing) {
        unknown.add(last(assignment.getVariable()));
        return super.visitCompoundAssignment(assignment, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
        methods.push(method.getName().toString());
        super.visitMethod(method, null);
        methods.pop();
        return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree lambda, Void nothing) {
        methods.push("");
        super.visitLambdaExpression(lambda, null);
        methods.pop();
        return null;
    }

    @Override
    public Void visitReturn(ReturnTree result, Void nothing) {
        if (result.getExpression() != null && !methods.isEmpty()) {
            results.computeIfAbsent(methods.element(), key -> new ArrayList<>()).add(result.getExpression());
        }
        return super.visitReturn(result, null);
    }

    @Override
    public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
        used.add(identifier.getName().toString());
        return null;
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree member, Void nothing) {
        used.add(member.getIdentifier().toString());
        return super.visitMemberSelect(member, null);
    }

    /** What a variable or a constant may be; nothing where only the running program knows. */
    List<ExpressionTree> values(String name) {
        return isUnknown(name) ? List.of() : values.getOrDefault(name, List.of());
    }

    /** What a method of this file may return. */
    List<ExpressionTree> results(String method) {
        return results.getOrDefault(method, List.of());
    }

    boolean isUnknown(String name) {
        return unknown.contains(name);
    }

    boolean isUsed(String name) {
        return used.contains(name);
    }

    /** Whether it is a class of this file, or {@code this}. */
    boolean isOwn(String type) {
        return types.contains(type);
    }

    static String last(Tree tree) {
        if (tree instanceof IdentifierTree identifier) {
            return identifier.getName().toString();
        }
        return tree instanceof MemberSelectTree member ? member.getIdentifier().toString() : "";
    }
}
