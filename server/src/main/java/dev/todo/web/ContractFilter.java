package dev.todo.web;

import static dev.todo.problem.ProblemType.CONTENT_TOO_LARGE;
import static dev.todo.problem.ProblemType.INVALID_REQUEST;
import static dev.todo.problem.ProblemType.METHOD_NOT_ALLOWED;
import static dev.todo.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.todo.problem.ProblemType.NOT_FOUND;
import static dev.todo.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import dev.todo.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets through only what the contract describes: a known path and method, a body within bounds, valid input. */
final class ContractFilter implements WebFilter, SmartInitializingSingleton {
    static final int LARGEST_BODY = 64 * 1024;

    private final Contract contract;

    ContractFilter(Contract contract) {
        this.contract = contract;
    }

    /** No request has to wait for the validator, and none comes if there is none. */
    @Override
    public void afterSingletonsInstantiated() {
        contract.validator();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Route route = contract.route(exchange);
        Route.Operation operation = operation(route);
        ServerHttpRequest request = exchange.getRequest();
        checkPath(request);
        checkAccept(request, operation);
        if (operation.takesFile()) {
            checkContentType(request, operation);
            contract.validator().validate(request, route, operation, null);
            return FileBody.receive(exchange, chain::filter);
        }
        if (!mayHaveBody(exchange)) {
            if (operation.takesBody()) {
                throw Problem.of(INVALID_REQUEST, "The body is missing. Send a JSON object.");
            }
            check(request, route, operation, null);
            return chain.filter(exchange);
        }
        if (operation.takesBody()) {
            checkContentType(request, operation);
        }
        return body(request, operation)
                .map(bytes -> checked(exchange, route, operation, bytes))
                .flatMap(chain::filter);
    }

    private static Route.Operation operation(Route route) {
        if (!route.pathExists()) {
            throw Problem.of(
                    NOT_FOUND, "There is nothing at this path. Paths are case-sensitive, without trailing slash.");
        }
        if (route.operation() == null) {
            throw Problem.of(METHOD_NOT_ALLOWED, "This path does not take this method. See Allow for those it takes.")
                    .with(HttpHeaders.ALLOW, String.valueOf(route.allow()));
        }
        return route.operation();
    }

    /** Routing drops {@code ;x=1} from a path without a word, and so would half of somebody's user id be lost. */
    private static void checkPath(ServerHttpRequest request) {
        if (request.getPath().value().indexOf(';') >= 0) {
            throw Problem.of(INVALID_REQUEST, "Paths have no parameters here. Write a semicolon as %3B.");
        }
        if (!isUtf8(request.getURI().getRawPath()) || !isUtf8(request.getURI().getRawQuery())) {
            throw Problem.of(INVALID_REQUEST, "The path or the query is not UTF-8. Encode its characters in UTF-8.");
        }
    }

    /** Whatever is decoded leniently becomes U+FFFD, which finds nothing, or the wrong thing. */
    private static boolean isUtf8(@Nullable String encoded) {
        if (encoded == null || encoded.indexOf('%') < 0) {
            return true;
        }
        byte[] bytes =
                StringUtils.uriDecode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private ServerWebExchange checked(
            ServerWebExchange exchange, Route route, Route.Operation operation, byte[] bytes) {
        if (!operation.takesBody() && bytes.length > 0) {
            throw unwantedBody();
        }
        check(exchange.getRequest(), route, operation, operation.takesBody() ? bytes : null);
        return exchange.mutate()
                .request(new ReceivedRequest(exchange.getRequest(), bytes))
                .build();
    }

    private void check(ServerHttpRequest request, Route route, Route.Operation operation, byte @Nullable [] bytes) {
        if (!operation.plain().isGood(request, route.variables(), bytes)) {
            contract.validator().validate(request, route, operation, bytes == null ? null : JsonBody.parse(bytes));
        }
    }

    static boolean mayHaveBody(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private static Mono<byte[]> body(ServerHttpRequest request, Route.Operation operation) {
        Problem tooLarge = operation.takesBody() ? tooLarge() : unwantedBody();
        if (request.getHeaders().getContentLength() > LARGEST_BODY) {
            return Mono.error(tooLarge);
        }
        return DataBufferUtils.join(request.getBody(), LARGEST_BODY)
                .map(ContractFilter::bytes)
                .onErrorMap(DataBufferLimitException.class, tooMuch -> tooLarge)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Problem unwantedBody() {
        return Problem.of(INVALID_REQUEST, "This operation takes no body. Send none.");
    }

    private static Problem tooLarge() {
        return Problem.of(CONTENT_TOO_LARGE, "The body is over %d bytes. Send less.".formatted(LARGEST_BODY));
    }

    private static void checkContentType(ServerHttpRequest request, Route.Operation operation) {
        List<String> encodings = request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        if (!encodings.isEmpty() && !encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
            throw Problem.of(
                    UNSUPPORTED_MEDIA_TYPE,
                    "A compressed body is not taken. Send it uncompressed, without Content-Encoding.");
        }
        MediaType type = contentType(request);
        boolean fits = type != null
                && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()))
                && operation.consumes().stream().anyMatch(taken -> taken.equalsTypeAndSubtype(type));
        if (!fits) {
            throw Problem.of(
                    UNSUPPORTED_MEDIA_TYPE,
                    "This operation takes %s, in UTF-8. Say so in Content-Type.".formatted(list(operation.consumes())));
        }
    }

    private static @Nullable MediaType contentType(ServerHttpRequest request) {
        if (request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_TYPE).size() > 1) {
            return null;
        }
        try {
            return request.getHeaders().getContentType();
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    private static void checkAccept(ServerHttpRequest request, Route.Operation operation) {
        if (operation.produces().isEmpty() || plainlyAccepts(request, operation)) {
            return;
        }
        List<MediaType> accepted = accepted(request);
        if (operation.produces().stream().noneMatch(type -> isAccepted(type, accepted))) {
            throw Problem.of(
                    NOT_ACCEPTABLE,
                    "This operation answers %s. Name it in Accept, or leave Accept out."
                            .formatted(list(operation.produces())));
        }
    }

    /** As most requests do; no list of types has to be read then. */
    private static boolean plainlyAccepts(ServerHttpRequest request, Route.Operation operation) {
        List<String> lines = request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
        return lines.isEmpty() || (lines.size() == 1 && operation.plainlyProduces(lines.get(0)));
    }

    /** The range that says most about a type decides (RFC 9110, 12.5.1). */
    private static boolean isAccepted(MediaType type, List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparingInt(range -> range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2))
                .filter(range -> range.getQualityValue() > 0)
                .isPresent();
    }

    private static List<MediaType> accepted(ServerHttpRequest request) {
        try {
            List<MediaType> types = request.getHeaders().getAccept();
            return types.isEmpty() ? List.of(MediaType.ALL) : types;
        } catch (InvalidMediaTypeException e) {
            return List.of();
        }
    }

    private static String list(List<MediaType> types) {
        return types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
    }
}
