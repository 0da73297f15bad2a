package dev.todo.web;

import java.util.List;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/** Makes an exchange of each request that has been read, and leads it through the filters to the operations. */
final class Exchanges implements HttpHandler {
    private static final WebSessionManager NO_SESSIONS = exchange -> Mono.empty();

    private final ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
    private final LocaleContextResolver locales = new AcceptHeaderLocaleContextResolver();
    private final WebFilterChain way;

    Exchanges(List<WebFilter> filters, WebHandler end) {
        this.way = way(filters, end);
    }

    /** A filter calls the next one directly: an operator between them would be passed by all that comes after it. */
    private static WebFilterChain way(List<WebFilter> filters, WebHandler end) {
        if (filters.isEmpty()) {
            return end::handle;
        }
        WebFilter first = filters.get(0);
        WebFilterChain rest = way(filters.subList(1, filters.size()), end);
        return exchange -> first.filter(exchange, rest);
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return way.filter(
                new DefaultServerWebExchange(request, new SentResponse(response), NO_SESSIONS, codecs, locales));
    }
}
