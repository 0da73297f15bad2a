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

        Operation(
                String template,
                PathItem.HttpMethod method,
                io.swagger.v3.oas.models.Operation description,
                boolean needsCaller) {
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
            return description.getParameters() == null ? List.of() : description.getParameters();
        }

        boolean takesHeader(String name) {
            return parameters().stream()
                    .anyMatch(parameter -> parameter.getIn().equals("header")
                            && parameter.getName().equals(name));
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
            return takesBody() && consumes.stream().noneMatch(Operation::isJson);
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

        ApiOperation requestedAt(String rawPath) {
            return new ApiOperation(path, new NormalisedPathImpl(rawPath, null), method, description);
        }

        private static List<MediaType> mediaTypes(@Nullable Content content) {
            Set<String> names = content == null ? Set.of() : content.keySet();
            return names.stream().map(MediaType::parseMediaType).toList();
        }
    }
}
