package dev.todo.web;

import dev.todo.auth.Caller;
import dev.todo.auth.Environment;
import dev.todo.auth.TokenVerifier;
import dev.todo.auth.web.AuthenticationFilter;
import dev.todo.auth.web.ClientAddress;
import dev.todo.auth.web.ClientAddresses;
import dev.todo.auth.web.ProxySettings;
import dev.todo.retries.SafeRetries;
import dev.todo.retries.web.IdempotencyFilter;
import dev.todo.transfer.LineContract;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.Timer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** What happens to every request, in this order. */
@Configuration(proxyBeanMethods = false)
class HttpPipeline {
    @Bean(initMethod = "listen", destroyMethod = "leave")
    DroppedErrors droppedErrors() {
        return new DroppedErrors();
    }

    /** Spring Boot adds it to the mapper. */
    @Bean
    SimpleModule times() {
        return UtcTimes.module();
    }

    @Bean
    Contract contract() {
        return Contract.read();
    }

    @Bean
    LineContract lineContract(Contract contract) {
        return line -> contract.validator().lineErrors(line);
    }

    @Bean
    RequestIds requestIds() {
        return new RequestIds();
    }

    @Bean
    UnreadableRequests unreadableRequests(ProblemRenderer renderer, RequestIds ids, SecurityHeaders security) {
        return new UnreadableRequests(renderer, ids, security);
    }

    @Bean
    LastAnswers lastAnswers() {
        return new LastAnswers();
    }

    @Bean
    @Order(1)
    RequestLog requestLog(Contract contract, RequestIds ids, MeterRegistry meters) {
        return new RequestLog(contract, ids, meters);
    }

    @Bean
    @Order(2)
    ClientAddresses clientAddresses(ProxySettings settings) {
        return new ClientAddresses(settings);
    }

    @Bean
    @Order(3)
    SecurityHeaders securityHeaders(Environment environment) {
        return new SecurityHeaders(environment == Environment.PRODUCTION);
    }

    @Bean
    @Order(4)
    ProblemRenderer problemRenderer(JsonMapper json) {
        return new ProblemRenderer(json);
    }

    @Bean
    @Order(5)
    RequestTimeout requestTimeout(RequestSettings settings, Timer timer) {
        return new RequestTimeout(settings.timeout(), timer);
    }

    @Bean
    @Order(6)
    CorsFilter corsFilter(CorsSettings settings, Contract contract) {
        return new CorsFilter(settings, exchange -> contract.route(exchange).openToAnyOrigin());
    }

    @Bean
    @Order(7)
    Pages pages(Contract contract, Environment environment) {
        // The example front end is for whoever builds on the API, not for the users of a service.
        Stream<Page> app = environment == Environment.PRODUCTION ? Stream.of() : Page.folder("app", "");
        return new Pages(Stream.of(
                        Page.folder("docs", "/docs"),
                        Page.folder("problems", "/problems"),
                        ProblemPages.of(contract),
                        app)
                .flatMap(pages -> pages));
    }

    /** Before the token is looked at, so that a flood of bad ones ends here. */
    @Bean
    @Order(8)
    RateLimitFilter addressLimits(RateLimitSettings settings) {
        return new RateLimitFilter(
                settings.address().limits(),
                limit -> new LocalBuckets(limit, System::nanoTime),
                exchange -> ClientAddress.of(exchange).network());
    }

    @Bean
    @Order(9)
    AuthenticationFilter authenticationFilter(TokenVerifier verifier, Contract contract) {
        return new AuthenticationFilter(
                verifier,
                exchange -> needsCaller(contract.route(exchange), exchange),
                exchange -> PathUser.of(
                        contract.route(exchange),
                        exchange.getRequest().getPath().value()),
                ContractFilter::mayHaveBody);
    }

    @Bean
    @Order(10)
    RateLimitFilter userLimits(RateLimitSettings settings) {
        return new RateLimitFilter(
                settings.user().limits(), limit -> new LocalBuckets(limit, System::nanoTime), HttpPipeline::userId);
    }

    @Bean
    @Order(11)
    ContractFilter contractFilter(Contract contract) {
        return new ContractFilter(contract);
    }

    /** Next to the controllers, so that what they write and what they answer is one transaction. */
    @Bean
    @Order(12)
    IdempotencyFilter idempotencyFilter(Contract contract, SafeRetries retries) {
        return new IdempotencyFilter(retries, exchange -> takesKey(contract.route(exchange)));
    }

    /** Where the filters lead to. */
    @Bean
    Operations operations(Contract contract, ListableBeanFactory beans, JsonMapper json) {
        return new Operations(
                contract, beans.getBeansWithAnnotation(RestController.class).values(), json);
    }

    /** Takes the place of Spring's own way through filters and handlers. */
    @Bean
    Exchanges exchanges(ObjectProvider<WebFilter> filters, Operations operations) {
        return new Exchanges(filters.orderedStream().toList(), operations);
    }

    /** Everything under /api/, known or not, and however written; and any operation that is not public. */
    private static boolean needsCaller(Route route, ServerWebExchange exchange) {
        if (route.operation() != null) {
            return route.operation().needsCaller();
        }
        return RequestKind.of(exchange.getRequest()) != null;
    }

    private static boolean takesKey(Route route) {
        return route.operation() != null && route.operation().takesHeader(IdempotencyFilter.KEY);
    }

    private static @Nullable String userId(ServerWebExchange exchange) {
        return Caller.find(exchange.getAttributes()).map(Caller::userId).orElse(null);
    }
}
