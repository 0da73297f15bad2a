package dev.todo.web;

import dev.todo.problem.StartRefused;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The metrics in Prometheus's format, on a port of their own, away from the filters and the users. */
@Component
public final class MetricsServer implements DisposableBean {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final DisposableServer server;

    MetricsServer(MetricsSettings settings, PrometheusMeterRegistry metrics) {
        try {
            server = HttpServer.create()
                    .host(settings.address())
                    .port(settings.port())
                    .route(routes -> routes.get(
                            "/metrics",
                            (request, response) -> response.header(HttpHeaderNames.CONTENT_TYPE, FORMAT)
                                    .sendString(Mono.fromSupplier(metrics::scrape))))
                    .bindNow();
        } catch (ChannelBindException e) {
            throw new StartRefused(
                    "the metrics cannot be served on port %d of %s; set MANAGEMENT_PORT to a free port of this computer."
                            .formatted(settings.port(), settings.address()),
                    e);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void destroy() {
        server.disposeNow();
    }
}
