package dev.todo.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The method of a controller that is an operation, and how its arguments are read: both worked out once. */
final class OperationMethod {
    private final Object controller;
    private final Method method;
    private final List<Argument> arguments;

    private OperationMethod(Object controller, Method method, JsonMapper json) {
        this.controller = controller;
        this.method = method;
        this.arguments = Stream.of(method.getParameters())
                .map(parameter -> Argument.of(parameter, json))
                .toList();
    }

    /** Those of the generated interfaces that a controller implements. */
    static Stream<OperationMethod> of(Object controller, JsonMapper json) {
        return Stream.of(ClassUtils.getAllInterfaces(controller))
                .flatMap(api -> Stream.of(api.getMethods()))
                .filter(method -> method.isAnnotationPresent(RequestMapping.class))
                .map(method -> new OperationMethod(controller, method, json));
    }

    /** The id of the operation: the generator names the method by it. */
    String name() {
        return method.getName();
    }

    @SuppressWarnings("unchecked")
    Mono<ResponseEntity<?>> call(ServerWebExchange exchange, Route route) {
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).read(exchange, route);
        }
        try {
            return (Mono<ResponseEntity<?>>) method.invoke(controller, values);
        } catch (InvocationTargetException e) {
            return Mono.error(e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return controller.getClass().getName() + "." + name();
    }
}
