package dev.todo.web;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers with the pages for people. They are no operations of the contract; every other path is for it to judge. */
final class Pages implements WebFilter {
    /** A page loads what this server serves, and runs no script but the files that belong to it. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                    + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'";

    private static final String ASK_EACH_TIME = "no-cache";
    private static final String KEEP_FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final Map<String, Loaded> pages;

    private record Loaded(MediaType type, String cacheControl, Mono<FixedContent> content) {
        static Loaded of(Page page) {
            return new Loaded(
                    page.type(),
                    page.immutable() ? KEEP_FOR_A_YEAR : ASK_EACH_TIME,
                    FixedContent.whenAsked(page.bytes()));
        }
    }

    Pages(Stream<Page> pages) {
        this.pages = pages.collect(Collectors.toUnmodifiableMap(Page::path, Loaded::of));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Loaded page = pages.get(exchange.getRequest().getPath().value());
        if (page == null) {
            return chain.filter(exchange);
        }
        HttpMethod method = exchange.getRequest().getMethod();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            throw Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This is a page. It takes GET and HEAD only.")
                    .with(HttpHeaders.ALLOW, "GET, HEAD");
        }
        return page.content.flatMap(content -> {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            headers.setContentType(page.type);
            headers.setCacheControl(page.cacheControl);
            headers.set("Content-Security-Policy", POLICY);
            return content.answer(exchange);
        });
    }
}
