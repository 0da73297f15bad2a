package dev.todo;

import static dev.todo.ContractTree.CONTRACT;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.todo.ContractTree.Operation;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the code of every operation reads who calls, unless the contract lets anybody. */
final class KnownCallers {
    private KnownCallers() {}

    static ArchCondition<JavaClass> knowTheCallerOfEveryOperation() {
        Set<String> open = CONTRACT.operations().stream()
                .filter(Operation::isPublic)
                .map(Operation::id)
                .collect(toSet());
        return new ArchCondition<>("read a Caller in every operation that the contract guards") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<String> operations = operations(type);
                type.getMethods().stream()
                        .filter(method -> operations.contains(method.getName()))
                        .filter(method -> !open.contains(method.getName()))
                        .filter(method -> !readsCaller(method, new HashSet<>()))
                        .map(method -> method.getFullName() + " reads no Caller, and its operation is not public")
                        .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
    }

    private static Set<String> operations(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .filter(api -> api.getPackageName().equals("dev.todo.api"))
                .flatMap(api -> api.getMethods().stream())
                .map(JavaMember::getName)
                .collect(toSet());
    }

    private static boolean readsCaller(JavaCodeUnit code, Set<JavaCodeUnit> seen) {
        return seen.add(code)
                && code.getAccessesFromSelf().stream()
                        .map(JavaAccess::getTarget)
                        .anyMatch(target ->
                                isCaller(target) || ownCode(code, target).anyMatch(own -> readsCaller(own, seen)));
    }

    private static boolean isCaller(AccessTarget target) {
        return Set.of("Caller", "AccessToken").contains(ArchitectureTest.outermost(target.getOwner()))
                && target.getOwner().getPackageName().equals("dev.todo.auth");
    }

    private static Stream<JavaCodeUnit> ownCode(JavaCodeUnit code, AccessTarget target) {
        return target.getOwner().equals(code.getOwner()) && target instanceof CodeUnitAccessTarget own
                ? own.resolveMember().stream().map(JavaCodeUnit.class::cast)
                : Stream.empty();
    }
}
