package dev.todo.web;

import com.atlassian.oai.validator.model.ApiOperation;
import com.atlassian.oai.validator.model.ApiPath;
import com.atlassian.oai.validator.model.ApiPathImpl;
import com.atlassian.oai.validator.model.NormalisedPathImpl;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Where a request leads: its operation, unless the path or the method has none, and the variables of the path. */
record Route(
        @Nullable Operation operation,
        Map<String, String> variables,
        @Nullable String allow,
        boolean openToAnyOrigin) {
    static final Route NOWHERE = new Route(null, Map.of(), null, false);

    boolean pathExists() {
        return allow != null;
    }

    /** An operation of the contract, with what is asked of it on each request worked out once. */
    static final class Operation {
        private final ApiPath path;
        private final PathItem.HttpMethod method;
        private final io.swagger.v3.oas.models.Operation description;
        private final boolean needsCaller;
        private final List<MediaType> consumes;
        private final List<MediaType> produces;
        private final Set<String> plainlyProduced;
        private final List<Parameter> parameters;
        private final Set<String> headers;
        private final boolean takesFile;
        private final PlainRequest plain;

        Operation(
                String template,
                PathItem.HttpMethod method,
                io.swagger.v3.oas.models.Operation description,
                boolean needsCaller,
                PlainSchemas schemas) {
            this.path = new ApiPathImpl(template, null);
            this.method = method;
            this.description = description;
            this.needsCaller = needsCaller;
            this.consumes = description.getRequestBody() == null
                    ? List.of()
                    : mediaTypes(description.getRequestBody().getContent());
            this.produces = description.getResponses().entrySet().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .flatMap(response -> mediaTypes(response.getValue().getContent()).stream())
                    .toList();
            this.plainlyProduced = Stream.concat(Stream.of(MediaType.ALL), produces.stream())
                    .map(MediaType::toString)
                    .collect(Collectors.toUnmodifiableSet());
            this.parameters = description.getParameters() == null ? List.of() : description.getParameters();
            this.headers = parameters.stream()
                    .filter(parameter -> parameter.getIn().equals("header"))
                    .map(Parameter::getName)
                    .collect(Collectors.toUnmodifiableSet());
            this.takesFile = takesBody() && consumes.stream().noneMatch(Operation::isJson);
            this.plain = new PlainRequest(description, schemas);
        }

        String id() {
            return description.getOperationId();
        }

        boolean needsCaller() {
            return needsCaller;
        }

        /** Whether the contract says that pages of any origin may read what it answers. */
        boolean answersAnyOrigin() {
            return description.getResponses().values().stream()
                    .anyMatch(response -> response.getHeaders() != null
                            && response.getHeaders().containsKey(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN));
        }

        List<Parameter> parameters() {
            return parameters;
        }

        boolean takesHeader(String name) {
            return headers.contains(name);
        }

        /** The same for each content type that the operation takes. */
        Schema<?> bodySchema() {
            return description
                    .getRequestBody()
                    .getContent()
                    .values()
                    .iterator()
                    .next()
                    .getSchema();
        }

        boolean takesBody() {
            return !consumes.isEmpty();
        }

        /** Whether the body is a file, in a format other than JSON; it may be empty. */
        boolean takesFile() {
            return takesFile;
        }

        private static boolean isJson(MediaType type) {
            return type.equals(MediaType.APPLICATION_JSON) || type.getSubtype().endsWith("+json");
        }

        List<MediaType> consumes() {
            return consumes;
        }

        /** What a success is written in; empty when it has no body. */
        List<MediaType> produces() {
            return produces;
        }

        /** Whether a success is what an Accept that has nothing but this asks for; it may be so in any other case, too. */
        boolean plainlyProduces(String accepted) {
            return plainlyProduced.contains(accepted);
        }

        /** The judge of what is plainly good. */
        PlainRequest plain() {
            return plain;
        }

        ApiOperation requestedAt(String rawPath) {
            return new ApiOperation(path, new NormalisedPathImpl(rawPath, null), method, description);
        }

        private static List<MediaType> mediaTypes(@Nullable Content content) {
            Set<String> names = content == null ? Set.of() : content.keySet();
            return names.stream().map(MediaType::parseMediaType).toList();
        }
    }
}
