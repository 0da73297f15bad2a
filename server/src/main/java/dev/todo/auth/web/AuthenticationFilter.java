package dev.todo.auth.web;

import dev.todo.auth.AccessToken;
import dev.todo.auth.Caller;
import dev.todo.auth.Refusal;
import dev.todo.auth.TokenRefused;
import dev.todo.auth.TokenVerifier;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets a request pass that needs no caller, or whose caller is known and owns the path; the {@link Caller} is then among
 * the attributes of the exchange.
 */
public final class AuthenticationFilter implements WebFilter {
    /** The attribute that tells the request log why a caller was turned away: {@link Refusal#reason()}. */
    public static final String REASON = AuthenticationFilter.class.getName() + ".reason";

    private static final String ME = "me";

    private final TokenVerifier verifier;
    private final Predicate<ServerWebExchange> needsCaller;
    private final Function<ServerWebExchange, @Nullable String> pathUser;
    private final Predicate<ServerWebExchange> mayHaveBody;

    /** {@code pathUser} gives the decoded user id of the path, or null when the path has none. */
    public AuthenticationFilter(
            TokenVerifier verifier,
            Predicate<ServerWebExchange> needsCaller,
            Function<ServerWebExchange, @Nullable String> pathUser,
            Predicate<ServerWebExchange> mayHaveBody) {
        this.verifier = verifier;
        this.needsCaller = needsCaller;
        this.pathUser = pathUser;
        this.mayHaveBody = mayHaveBody;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!needsCaller.test(exchange)) {
            return chain.filter(exchange);
        }
        return token(exchange)
                .flatMap(token -> admit(token, exchange, chain))
                .onErrorMap(TokenRefused.class, refused -> unauthenticated(exchange, refused.refusal()));
    }

    private Mono<AccessToken> token(ServerWebExchange exchange) {
        try {
            return verifier.verify(BearerToken.of(exchange.getRequest().getHeaders()));
        } catch (TokenRefused refused) {
            return Mono.error(refused);
        }
    }

    private Mono<Void> admit(AccessToken token, ServerWebExchange exchange, WebFilterChain chain) {
        token.putInto(exchange.getAttributes());
        String user = pathUser.apply(exchange);
        return user == null || user.equals(ME) || user.equals(token.caller().userId())
                ? chain.filter(mayHaveBody.test(exchange) ? judgedAgain(token, exchange) : exchange)
                : Mono.error(forbidden(exchange));
    }

    /** A body may take long to come, and its sender log out in the meantime. */
    private ServerWebExchange judgedAgain(AccessToken token, ServerWebExchange exchange) {
        ServerHttpRequest request = new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody().doOnComplete(() -> verifier.ensureNotRevoked(token));
            }
        };
        return exchange.mutate().request(request).build();
    }

    private static Problem unauthenticated(ServerWebExchange exchange, Refusal refusal) {
        exchange.getAttributes().put(REASON, refusal.reason());
        String challenge = refusal == Refusal.NO_TOKEN
                ? "Bearer"
                : "Bearer error=\"invalid_token\", error_description=\"" + refusal.detail() + "\"";
        return Problem.of(ProblemType.UNAUTHENTICATED, refusal.detail()).with(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }

    private static Problem forbidden(ServerWebExchange exchange) {
        exchange.getAttributes().put(REASON, Refusal.FOREIGN_PATH.reason());
        return Problem.of(ProblemType.FORBIDDEN, Refusal.FOREIGN_PATH.detail());
    }
}
