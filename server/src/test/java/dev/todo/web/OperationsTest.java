package dev.todo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.api.AccountsApi;
import dev.todo.api.BulkApi;
import dev.todo.api.InsightsApi;
import dev.todo.api.SystemApi;
import dev.todo.api.TasksApi;
import dev.todo.api.TransferApi;
import dev.todo.api.TrashApi;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Each operation of the contract has its method, which gets what the contract says. */
class OperationsTest {
    private static final Contract CONTRACT = new Contract();
    private static final ContractViolations SCHEMAS = new ContractViolations(CONTRACT.document());
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<Class<?>> APIS = List.of(
            AccountsApi.class,
            BulkApi.class,
            InsightsApi.class,
            SystemApi.class,
            TasksApi.class,
            TransferApi.class,
            TrashApi.class);

    private final Map<String, @Nullable Object> arguments = new HashMap<>();
    private final List<Object> controllers = APIS.stream().map(this::controller).collect(Collectors.toList());

    private record Described(HttpMethod method, String path, Operation operation) {
        static Stream<Described> at(String path, PathItem item) {
            return item.readOperationsMap().entrySet().stream()
                    .map(entry ->
                            new Described(HttpMethod.valueOf(entry.getKey().name()), path, entry.getValue()));
        }

        List<Parameter> parameters() {
            return operation.getParameters() == null ? List.of() : operation.getParameters();
        }

        @Override
        public String toString() {
            return operation.getOperationId();
        }
    }

    static Stream<Described> operations() {
        return CONTRACT.document().getPaths().entrySet().stream()
                .flatMap(path -> Described.at(path.getKey(), path.getValue()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatIsSentIsReadAsTheContractSays(Described described) {
        call(described, true);
        assertThat(arguments).hasSize(described.parameters().size());
        for (Parameter parameter : described.parameters()) {
            assertThat(arguments.get(parameter.getName()))
                    .as(parameter.getName())
                    .isInstanceOf(type(schema(parameter)))
                    .asString()
                    .isEqualTo(asRead(schema(parameter)));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatIsLeftOutIsTheDefaultOfTheContract(Described described) {
        call(described, false);
        for (Parameter parameter : described.parameters()) {
            if (parameter.getIn().equals("path")) {
                continue;
            }
            String byDefault = String.valueOf(schema(parameter).getDefault());
            assertThat(String.valueOf(arguments.get(parameter.getName())))
                    .as(parameter.getName())
                    .isEqualTo(byDefault.replace("\"", ""));
        }
    }

    @Test
    void anOperationWithoutMethodStopsTheStart() {
        controllers.remove(APIS.indexOf(TrashApi.class));
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs one method of a controller, and has []");
    }

    @Test
    void anOperationWithTwoMethodsStopsTheStart() {
        controllers.add(controller(SystemApi.class));
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs one method of a controller, and has [")
                .hasMessageContaining(", ");
    }

    private Operations start() {
        return new Operations(CONTRACT, controllers, JSON);
    }

    private void call(Described described, boolean everything) {
        String query = described.parameters().stream()
                .filter(parameter -> everything && parameter.getIn().equals("query"))
                .map(parameter -> parameter.getName() + "=" + sample(schema(parameter)))
                .collect(Collectors.joining("&"));
        String path = described.path;
        for (Parameter parameter : described.parameters()) {
            path = path.replace("{" + parameter.getName() + "}", sample(schema(parameter)));
        }
        MockServerHttpRequest.BodyBuilder request =
                MockServerHttpRequest.method(described.method, query.isEmpty() ? path : path + "?" + query);
        described.parameters().stream()
                .filter(parameter -> everything && parameter.getIn().equals("header"))
                .forEach(parameter -> request.header(parameter.getName(), sample(schema(parameter))));
        start().handle(MockServerWebExchange.from(request)).block();
    }

    /** Remembers the arguments by the names that they have in the contract, and answers nothing. */
    private Object controller(Class<?> api) {
        return Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, (self, method, values) -> {
            remember(method, values);
            return Mono.empty();
        });
    }

    private void remember(Method method, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            for (Annotation annotation : method.getParameters()[i].getAnnotations()) {
                if (annotation instanceof PathVariable path) {
                    arguments.put(path.value(), values[i]);
                } else if (annotation instanceof RequestParam query) {
                    arguments.put(query.value(), values[i]);
                } else if (annotation instanceof RequestHeader header) {
                    arguments.put(header.value(), values[i]);
                }
            }
        }
    }

    private static Schema<?> schema(Parameter parameter) {
        return SCHEMAS.resolved(parameter.getSchema());
    }

    private static String sample(Schema<?> schema) {
        if (schema.getItems() != null) {
            return sample(SCHEMAS.resolved(schema.getItems()));
        }
        if (schema.getEnum() != null) {
            return schema.getEnum().get(0).toString();
        }
        return switch (schema.getType()) {
            case "integer" -> "7";
            case "boolean" -> "true";
            default -> "date-time".equals(schema.getFormat()) ? "2026-02-03T04:05:06.789-01:00" : "some text";
        };
    }

    private static String asRead(Schema<?> schema) {
        return schema.getItems() == null ? sample(schema) : "[" + sample(schema) + "]";
    }

    private static Class<?> type(Schema<?> schema) {
        if (schema.getItems() != null) {
            return List.class;
        }
        if (schema.getEnum() != null) {
            return Enum.class;
        }
        return switch (schema.getType()) {
            case "integer" -> Number.class;
            case "boolean" -> Boolean.class;
            default -> "date-time".equals(schema.getFormat()) ? OffsetDateTime.class : String.class;
        };
    }
}
