package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the contract has can be asked for. */
class FrontDoorTest {
    @Test
    void everyOperationOfTheContractIsUsed() throws Exception {
        Path classes = Path.of(TodoClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String used = constants(classes.resolve("dev/todo/client"));
        Set<String> operations = operations(classes.resolve("dev/todo/client/generated"));

        assertThat(operations).hasSizeGreaterThan(30).contains("createTask", "refreshSession");
        assertThat(operations).allSatisfy(operation -> assertThat(used).contains('\u0000' + wire(operation)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tasks", "Tags", "Trash", "Accounts", "Server"})
    void whoWaitsAndWhoDoesNotCanAskForTheSame(String name) throws ClassNotFoundException {
        assertThat(methods(Class.forName("dev.todo.client." + name)))
                .isNotEmpty()
                .isEqualTo(methods(Class.forName("dev.todo.client.Async" + name)));
    }

    private static Set<String> methods(Class<?> type) {
        Set<String> methods = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                methods.add(method.getName() + Arrays.toString(method.getParameterTypes()));
            }
        }
        return methods;
    }

    private static Set<String> operations(Path generated) throws Exception {
        Set<String> operations = new TreeSet<>();
        for (Path file : classFiles(generated)) {
            String name = String.valueOf(file.getFileName()).replace(".class", "");
            for (Method method :
                    Class.forName("dev.todo.client.generated." + name).getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    operations.add(method.getName());
                }
            }
        }
        return operations;
    }

    /** A name in a class file's pool of constants: its length, and it. */
    private static String wire(String name) {
        return (char) name.length() + name;
    }

    private static String constants(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : classFiles(folder)) {
            all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".class")).toList());
        }
    }
}
