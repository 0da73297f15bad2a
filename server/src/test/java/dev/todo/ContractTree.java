package dev.todo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The contract as it is written: a tree in which a reference is still a reference. */
final class ContractTree {
    static final ContractTree CONTRACT = new ContractTree();

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final Place root = new Place("", read());

    /** A node of the document, and where it stands. */
    record Place(String where, JsonNode node) {
        Place at(String... keys) {
            Place place = this;
            for (String key : keys) {
                place = new Place(place.where + "/" + key, place.node.path(key));
            }
            return place;
        }

        boolean has(String key) {
            return node.has(key);
        }

        String text(String key) {
            return node.path(key).asText();
        }

        List<String> texts(String key) {
            List<String> texts = new ArrayList<>();
            node.path(key).forEach(text -> texts.add(text.asText()));
            return texts;
        }

        String name() {
            return where.substring(where.lastIndexOf('/') + 1);
        }

        Stream<Place> children() {
            if (node.isArray()) {
                return Stream.iterate(0, i -> i < node.size(), i -> i + 1)
                        .map(i -> new Place(where + "/" + i, node.get(i)));
            }
            List<Place> children = new ArrayList<>();
            node.fieldNames().forEachRemaining(key -> children.add(at(key)));
            return children.stream();
        }

        /** This place and all below it; what examples hold is data, and no part of it. */
        Stream<Place> tree() {
            Stream<Place> below = children()
                    .filter(child ->
                            !child.name().equals("example") && !child.name().equals("examples"))
                    .flatMap(Place::tree);
            return Stream.concat(Stream.of(this), below);
        }

        /** This schema and those written inside it, without following references. */
        Stream<Place> schemas() {
            Stream<Place> inside = Stream.of(
                            at("properties").children(),
                            at("items").present(),
                            at("additionalProperties").present())
                    .flatMap(places -> places)
                    .filter(place -> place.node.isObject())
                    .flatMap(Place::schemas);
            return Stream.concat(Stream.of(this), inside);
        }

        private Stream<Place> present() {
            return node.isMissingNode() ? Stream.empty() : Stream.of(this);
        }
    }

    /** One operation, with the parameters of its path among its own. */
    record Operation(String path, Place place, List<Place> parameters) {
        String id() {
            return place.text("operationId");
        }

        boolean isPublic() {
            return place.at("security").node().isArray()
                    && place.at("security").node().isEmpty();
        }

        Place body() {
            return place.at("requestBody");
        }

        boolean takesBody() {
            return place.has("requestBody");
        }

        boolean takes(String parameter) {
            return parameters.stream()
                    .anyMatch(candidate -> candidate.text("name").equals(parameter));
        }

        boolean declares(int status) {
            return place.at("responses").has(Integer.toString(status));
        }

        boolean takesResourceId() {
            return parameters.stream()
                    .anyMatch(parameter -> parameter.text("in").equals("path")
                            && !parameter.text("name").equals("user_id"));
        }
    }

    /** One answer that an operation declares. */
    record Answer(Operation operation, int status, Place place) {
        boolean isSuccess() {
            return status < 400;
        }

        String where() {
            return operation.id() + " " + status;
        }
    }

    private ContractTree() {}

    Place root() {
        return root;
    }

    List<Operation> operations() {
        return root.at("paths")
                .children()
                .flatMap(path -> path.children()
                        .filter(child -> METHODS.contains(child.name()))
                        .map(operation -> new Operation(pathOf(path), operation, parameters(path, operation))))
                .toList();
    }

    List<Answer> answers() {
        return operations().stream()
                .flatMap(operation -> operation
                        .place()
                        .at("responses")
                        .children()
                        .map(answer -> new Answer(operation, Integer.parseInt(answer.name()), resolve(answer))))
                .toList();
    }

    /** Every schema of the document: the named ones, those of parameters and headers, and those inside them. */
    List<Place> schemas() {
        Stream<Place> used =
                root.tree().filter(place -> place.where().endsWith("/schema")).flatMap(Place::schemas);
        Stream<Place> named = root.at("components", "schemas").children().flatMap(Place::schemas);
        return Stream.concat(named, used).toList();
    }

    /** The names of all schemas that these places lead to. */
    Set<String> reachableFrom(Stream<Place> starts) {
        Set<String> names = new LinkedHashSet<>();
        starts.forEach(start -> collect(start, names));
        return names;
    }

    Place resolve(Place place) {
        if (!place.has("$ref")) {
            return place;
        }
        String reference = place.text("$ref");
        if (!reference.startsWith("#/")) {
            throw new AssertionError(place.where() + " leads out of the document: " + reference);
        }
        Place target = root.at(reference.substring(2).split("/"));
        if (target.node().isMissingNode()) {
            throw new AssertionError(place.where() + " leads nowhere: " + reference);
        }
        return target;
    }

    private void collect(Place start, Set<String> names) {
        start.tree().filter(place -> place.has("$ref")).map(this::resolve).forEach(target -> {
            boolean schema = target.where().startsWith("/components/schemas/");
            if (!schema || names.add(target.name())) {
                collect(target, names);
            }
        });
    }

    private List<Place> parameters(Place path, Place operation) {
        return Stream.of(path, operation)
                .flatMap(place -> place.at("parameters").children())
                .map(this::resolve)
                .toList();
    }

    private static String pathOf(Place path) {
        return path.where().substring("/paths/".length());
    }

    private static JsonNode read() {
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (InputStream document = ContractTree.class.getResourceAsStream("/contract/todo-api.yaml")) {
            return mapper.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
