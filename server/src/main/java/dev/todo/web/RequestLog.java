package dev.todo.web;

import dev.todo.auth.Caller;
import dev.todo.auth.web.AuthenticationFilter;
import dev.todo.auth.web.ClientAddress;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Gives each request its id, and writes one line and one measurement about it when it has been answered. */
final class RequestLog implements WebFilter {
    private static final Logger log = LoggerFactory.getLogger("request");
    /** A client that hangs up gets no answer: 499, as proxies write it. */
    static final HttpStatusCode HUNG_UP = HttpStatusCode.valueOf(499);

    private static final String REQUEST_ID = RequestLog.class.getName() + ".id";
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST_PATH = 300;
    private static final String NONE = "none";

    private final Contract contract;
    private final Meter.MeterProvider<Timer> meters;
    private final Map<Measured, Timer> timers = new ConcurrentHashMap<>();
    private final RequestIds ids;

    private record Measured(String operation, int status) {}

    RequestLog(Contract contract, RequestIds ids, MeterRegistry meters) {
        this.contract = contract;
        this.ids = ids;
        this.meters = Timer.builder("http.server.requests")
                .description("Requests by operation and status")
                .withRegistry(meters);
    }

    static String requestId(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(REQUEST_ID);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long start = System.nanoTime();
        String id = ids.acceptedOrNext(exchange.getRequest().getHeaders().getFirst(RequestIds.HEADER));
        exchange.getAttributes().put(REQUEST_ID, id);
        exchange.getResponse().getHeaders().set(RequestIds.HEADER, id);
        return chain.filter(exchange).doFinally(signal -> record(exchange, id, signal, System.nanoTime() - start));
    }

    private void record(ServerWebExchange exchange, String id, SignalType signal, long nanos) {
        Route.Operation operation = contract.route(exchange).operation();
        String operationId = operation == null ? NONE : operation.id();
        int status = status(
                signal == SignalType.CANCEL ? HUNG_UP : exchange.getResponse().getStatusCode());
        timers.computeIfAbsent(new Measured(operationId, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
        if (log.isInfoEnabled()) {
            write(exchange, id, operationId, status, nanos);
        }
    }

    private Timer timer(Measured requests) {
        return meters.withTags("operation", requests.operation, "status", Integer.toString(requests.status));
    }

    private static void write(ServerWebExchange exchange, String id, String operationId, int status, long nanos) {
        String method = exchange.getRequest().getMethod().name();
        String path = shortened(exchange.getRequest().getPath().value());
        String user = Caller.find(exchange.getAttributes())
                .map(caller -> printable(caller.userId()))
                .orElse("-");
        String reason = status == 401 || status == 403 || status == 429 ? reason(exchange) : "";
        LoggingEventBuilder line = log.atInfo()
                .addKeyValue("http.request.id", id)
                .addKeyValue("http.request.method", method)
                .addKeyValue("url.path", path)
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("event.action", operationId)
                .addKeyValue("event.duration", nanos)
                .addKeyValue("user.id", user);
        if (!reason.isEmpty()) {
            String address = ClientAddress.of(exchange).text();
            line = line.addKeyValue("event.reason", reason).addKeyValue("client.address", address);
            reason = " reason=" + reason + " address=" + address;
        }
        line.log(status + " " + method + " " + path + " " + operationId + " " + nanos / 1000 + " us user=" + user
                + " id=" + id + reason);
    }

    private static String reason(ServerWebExchange exchange) {
        Object reason = exchange.getAttribute(AuthenticationFilter.REASON);
        return reason == null ? "refused" : reason.toString();
    }

    private static int status(@Nullable HttpStatusCode status) {
        return status == null ? 200 : status.value();
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }

    /** A user id is whatever the issuer likes; it must not write lines of its own into the log. */
    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
