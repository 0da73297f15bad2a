package dev.todo.web;

import dev.todo.problem.InputError;
import dev.todo.problem.NoSuchValue;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.util.CollectionUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** How one argument of an operation is read from a request that the contract has let pass. */
interface Argument {
    @Nullable
    Object read(ServerWebExchange exchange, Route route);

    static Argument of(Parameter parameter, JsonMapper json) {
        if (parameter.getType().equals(ServerWebExchange.class)) {
            return (exchange, route) -> exchange;
        }
        if (parameter.isAnnotationPresent(RequestBody.class)) {
            return body(ResolvableType.forType(parameter.getParameterizedType()).getGeneric(), json);
        }
        PathVariable inPath = parameter.getAnnotation(PathVariable.class);
        if (inPath != null) {
            return inPath(inPath.value(), parameter.getType());
        }
        RequestHeader inHeader = parameter.getAnnotation(RequestHeader.class);
        if (inHeader != null && parameter.getType().equals(String.class)) {
            return inHeader(inHeader.value());
        }
        RequestParam inQuery = parameter.getAnnotation(RequestParam.class);
        if (inQuery != null) {
            return inQuery(inQuery, ResolvableType.forType(parameter.getParameterizedType()));
        }
        throw new IllegalStateException("How is this read from a request: " + parameter + "?");
    }

    private static Argument inPath(String name, Class<?> type) {
        Function<String, ?> value = value(type);
        return (exchange, route) -> {
            String text = route.variables().get(name);
            return text == null ? null : read(name, text, value);
        };
    }

    /** Several lines are one list (RFC 9110, 5.3). */
    private static Argument inHeader(String name) {
        return (exchange, route) -> {
            List<String> lines = exchange.getRequest().getHeaders().getOrEmpty(name);
            return lines.isEmpty() ? null : String.join(",", lines);
        };
    }

    private static Argument inQuery(RequestParam named, ResolvableType type) {
        String name = named.value();
        Function<String, ?> value =
                type.toClass().equals(List.class) ? list(value(type.getGeneric().toClass())) : value(type.toClass());
        String instead = named.defaultValue();
        Object absent = instead.equals(ValueConstants.DEFAULT_NONE) ? null : value.apply(instead);
        return (exchange, route) -> {
            List<String> texts = exchange.getRequest().getQueryParams().get(name);
            return CollectionUtils.isEmpty(texts) ? absent : read(name, String.join(",", texts), value);
        };
    }

    /** A list is separated by commas or given item by item; no item has a comma. */
    private static Function<String, List<?>> list(Function<String, ?> item) {
        return text -> Stream.of(text.split(",")).<Object>map(item).toList();
    }

    private static Function<String, ?> value(Class<?> type) {
        if (type.equals(String.class)) {
            return text -> text;
        }
        if (type.equals(Long.class)) {
            return Long::valueOf;
        }
        if (type.equals(Integer.class)) {
            return Integer::valueOf;
        }
        if (type.equals(Boolean.class)) {
            return Boolean::valueOf;
        }
        if (type.equals(OffsetDateTime.class)) {
            return text -> OffsetDateTime.parse(text, DateTimeFormatter.ISO_DATE_TIME);
        }
        if (type.isEnum()) {
            return constant(type);
        }
        throw new IllegalStateException("How is this written in a request: " + type + "?");
    }

    /** A generated enum is written as the contract writes it. */
    private static Function<String, ?> constant(Class<?> type) {
        Map<String, ?> constants =
                Stream.of(type.getEnumConstants()).collect(Collectors.toMap(Object::toString, Function.identity()));
        return text -> {
            Object constant = constants.get(text);
            if (constant == null) {
                throw new IllegalArgumentException(text);
            }
            return constant;
        };
    }

    private static Object read(String name, String text, Function<String, ?> value) {
        try {
            return value.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Problem.invalid(
                    ProblemType.INVALID_REQUEST,
                    "The request has parameters that are not valid. See errors.",
                    List.of(InputError.of(name, NoSuchValue.SAYS)));
        }
    }

    private static Argument body(ResolvableType type, JsonMapper json) {
        if (type.toClass().equals(Resource.class)) {
            Mono<Resource> whole = Mono.error(() -> new IllegalStateException("A file is not held in memory whole."));
            return (exchange, route) -> whole;
        }
        Type named = type.getType();
        JavaType model = json.getTypeFactory().constructType(named);
        return (exchange, route) -> Mono.fromSupplier(() -> body(exchange, model, json));
    }

    private static Object body(ServerWebExchange exchange, JavaType model, JsonMapper json) {
        try {
            return json.readValue(ReceivedRequest.of(exchange).body(), model);
        } catch (DatabindException e) {
            throw Problem.invalid(
                    ProblemType.INVALID_CONTENT,
                    "The body breaks the contract. See errors.",
                    List.of(NoSuchValue.error(e)));
        }
    }
}
