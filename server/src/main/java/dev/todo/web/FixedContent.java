package dev.todo.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Bytes that stay the same for as long as the server runs: kept as gzip makes them, unpacked for whoever wants that. */
final class FixedContent {
    private static final int PIECE = 4096;
    private static final Pattern GZIP = Pattern.compile("gzip(\\s*;\\s*q=(1(\\.0{0,3})?|0\\.(?!0+$)\\d{1,3}))?");
    private static final int SHORT = 8;

    private final byte[] kept;
    private final boolean packed;
    private final int length;
    private final String digest;

    FixedContent(byte[] bytes) {
        byte[] smaller = packed(bytes);
        packed = smaller.length < bytes.length;
        kept = packed ? smaller : bytes;
        length = bytes.length;
        digest = digest(bytes);
    }

    /** Read when it is first asked for, and not on an event loop. */
    static Mono<FixedContent> whenAsked(Supplier<byte[]> bytes) {
        return Mono.fromSupplier(() -> new FixedContent(bytes.get()))
                .subscribeOn(Schedulers.boundedElastic())
                .cacheInvalidateIf(kept -> false);
    }

    /** Answers with these bytes, or 304 to a client that has them. What they are, the headers must say already. */
    Mono<Void> answer(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpResponse response = exchange.getResponse();
        boolean asKept = !packed || items(request, HttpHeaders.ACCEPT_ENCODING).anyMatch(FixedContent::isGzip);
        // Two encodings are two representations, and a strong tag belongs to one (RFC 9110, 8.8.3).
        String tag = '"' + digest + (packed && asKept ? "-gzip" : "") + '"';
        HttpHeaders headers = response.getHeaders();
        headers.setETag(tag);
        if (packed) {
            headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (items(request, HttpHeaders.IF_NONE_MATCH).anyMatch(known -> matches(known, tag))) {
            headers.remove(HttpHeaders.CONTENT_TYPE);
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        response.setStatusCode(HttpStatus.OK);
        headers.setContentLength(asKept ? kept.length : length);
        if (packed && asKept) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            return response.setComplete();
        }
        // In pieces, so that whoever does not read holds up a piece and not the whole.
        return response.writeWith(DataBufferUtils.readInputStream(
                () -> asKept ? new ByteArrayInputStream(kept) : unpacking(),
                DefaultDataBufferFactory.sharedInstance,
                PIECE));
    }

    private InputStream unpacking() throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(kept));
    }

    private static Stream<String> items(ServerHttpRequest request, String header) {
        return request.getHeaders().getOrEmpty(header).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip);
    }

    private static boolean isGzip(String coding) {
        return GZIP.matcher(coding.toLowerCase(Locale.ROOT)).matches();
    }

    /** Compared weakly (RFC 9110, 13.1.2). */
    private static boolean matches(String known, String tag) {
        return known.equals("*") || known.equals(tag) || known.equals("W/" + tag);
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(whole, 0, SHORT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
