package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.todo.contract.Contract.Declared;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with one request. */
final class RequestCheck {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +[A-Za-z0-9._~+/-]+=*");

    private final Declared operation;
    private final Fields headers;
    private final List<String> violations = new ArrayList<>();

    RequestCheck(Declared operation, Fields headers) {
        this.operation = operation;
        this.headers = headers;
    }

    List<String> violations(URI uri, byte[] body) {
        if (!operation.isPublic()
                && !BEARER.matcher(headers.joined("Authorization")).matches()) {
            violations.add("header Authorization is no bearer token");
        }
        accept();
        List<String> path = operation.match(uri.getRawPath()).orElseThrow();
        Map<String, List<String>> query = query(uri.getRawQuery());
        query.forEach((name, values) -> {
            if (parameters("query").noneMatch(declared -> declared.getName().equals(name))) {
                violations.add(
                        isValue(name, values)
                                ? "a query parameter without a name or a value is not declared"
                                : "query parameter is not declared: " + name);
            }
        });
        parameters("path")
                .forEach(declared -> parameter(
                        declared, List.of(path.get(operation.variableNames().indexOf(declared.getName())))));
        parameters("query").forEach(declared -> parameter(declared, query.getOrDefault(declared.getName(), List.of())));
        parameters("header").forEach(declared -> parameter(declared, header(declared.getName())));
        body(body);
        return violations;
    }

    private Stream<Parameter> parameters(String in) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.getIn().equals(in));
    }

    private List<String> header(String name) {
        return headers.values(name).isEmpty() ? List.of() : List.of(headers.joined(name));
    }

    private void parameter(Parameter declared, List<String> values) {
        String where = "%s parameter %s".formatted(declared.getIn(), declared.getName());
        Schema<?> schema = Contract.resolved(declared.getSchema());
        boolean list = schema.getItems() != null;
        boolean commas = list && Boolean.FALSE.equals(declared.getExplode());
        if (values.isEmpty()) {
            if (Boolean.TRUE.equals(declared.getRequired())) {
                violations.add(where + " is missing");
            }
        } else if (values.size() > 1 && (!list || commas)) {
            violations.add(where + " is given more than once");
        } else if (list) {
            Stream<String> items = commas ? Arrays.stream(values.get(0).split(",", -1)) : values.stream();
            violations.addAll(SchemaCheck.REQUESTS.violations(where, array(items, schema.getItems()), schema));
        } else {
            violations.addAll(SchemaCheck.REQUESTS.violations(where, values.get(0), schema));
        }
    }

    private static JsonNode array(Stream<String> items, Schema<?> schema) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(SchemaCheck.json(item, schema)));
        return array;
    }

    private void accept() {
        Set<String> produced = operation.operation().getResponses().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .filter(response -> response.getValue().getContent() != null)
                .flatMap(response -> response.getValue().getContent().keySet().stream())
                .collect(Collectors.toSet());
        List<String> ranges = Arrays.stream(
                        headers.joined("Accept").toLowerCase(Locale.ROOT).split(","))
                .filter(range -> !range.matches(".*; *q=0(\\.0*)?"))
                .map(range -> range.replaceFirst(";.*", "").strip())
                .filter(range -> !range.isEmpty())
                .toList();
        boolean accepted = produced.stream()
                .anyMatch(type -> ranges.stream()
                        .anyMatch(range -> range.equals(type)
                                || range.equals("*/*")
                                || range.equals(type.replaceFirst("/.*", "/*"))));
        if (!produced.isEmpty() && !headers.values("Accept").isEmpty() && !accepted) {
            violations.add("header Accept leaves out " + String.join(", ", produced));
        }
    }

    private void body(byte[] body) {
        if (operation.operation().getRequestBody() == null) {
            if (body.length > 0) {
                violations.add("there is a body, and there must be none");
            }
            return;
        }
        Content content = operation.operation().getRequestBody().getContent();
        String type = headers.mediaType();
        MediaType media = content.get(type);
        if (media == null) {
            violations.add("header Content-Type is none of " + String.join(", ", content.keySet()));
        } else if (!headers.joined("Content-Encoding").isEmpty()) {
            violations.add("the body is compressed, or says so, and must not be");
        } else if (Bodies.isJson(type)) {
            JsonNode json = Bodies.json(body, violations);
            if (json != null) {
                violations.addAll(SchemaCheck.REQUESTS.violations("body", json, media.getSchema()));
            }
        } else {
            Bodies.file(media.getSchema(), body, SchemaCheck.REQUESTS, violations);
        }
    }

    /** What stands alone may be a value, and so may be what is padded as base64 is. */
    private static boolean isValue(String name, List<String> values) {
        return name.isEmpty() || values.stream().anyMatch(value -> value.matches("=*"));
    }

    private static Map<String, List<String>> query(@Nullable String rawQuery) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (rawQuery != null && !rawQuery.isEmpty()) {
            for (String pair : rawQuery.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.computeIfAbsent(form(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 1 ? "" : form(parts[1]));
            }
        }
        return query;
    }

    /** In a query, and nowhere else in an address, a plus is a space. */
    private static String form(String encoded) {
        return Contract.decoded(encoded.replace("+", "%20"));
    }
}
