package dev.todo.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.events.Event;
import dev.todo.problem.Problem;
import dev.todo.values.Ticks;
import io.github.bucket4j.Bucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The public keys of the issuer. A key that is known is found without waiting; only a token with an unknown one waits
 * for a fetch, which happens on a thread of its own. Nimbus caches, limits and outlives outages.
 */
final class IssuerKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final int CONNECT_TIMEOUT = 2_000;
    private static final int READ_TIMEOUT = 3_000;
    private static final int LARGEST_SET = 100 * 1024;
    private static final int MOST_WAITING = 256;
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration REFRESH_AHEAD = Duration.ofSeconds(30);
    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(15);

    /**
     * Tokens with invented keys cost the issuer a few fetches at first, and then six a minute. A rotation is noticed
     * at its first token, unless an attack has used up what may be fetched at once: then at the next fetch.
     */
    private static final int FETCHES_AT_ONCE = 5;

    private static final Duration ANOTHER_FETCH = Duration.ofSeconds(10);

    private final JWKSetSource<SecurityContext> source;
    private final Scheduler fetcher;
    private final InstantSource clock;
    private final Disposable.Swap firstLoad = Disposables.swap();
    private volatile @Nullable JWKSet known;

    IssuerKeys(URL url, InstantSource clock) {
        this.clock = clock;
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "issuer-keys");
            thread.setDaemon(true);
            return thread;
        };
        var executor =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), threads);
        fetcher = Schedulers.fromExecutorService(executor);
        var retriever = new DefaultResourceRetriever(CONNECT_TIMEOUT, READ_TIMEOUT, LARGEST_SET);
        var built = JWKSourceBuilder.create(new Published(new URLBasedJWKSetSource<>(url, retriever), clock))
                .cache(LIFETIME.toMillis(), REFRESH_TIMEOUT.toMillis())
                .refreshAheadCache(
                        REFRESH_AHEAD.toMillis(),
                        this::noteKeys,
                        executor,
                        true,
                        Executors.newSingleThreadScheduledExecutor(threads),
                        true)
                // Nimbus would allow two fetches, and then none at all until a fixed time is over.
                .rateLimited(false)
                .outageTolerant(Long.MAX_VALUE)
                .build();
        source = ((JWKSetBasedJWKSource<SecurityContext>) built).getJWKSetSource();
    }

    /** Fetches the keys in the background, again and again until it succeeds. */
    void start() {
        Retry patiently = Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(Duration.ofSeconds(30));
        firstLoad.update(fetchedUnlessNewerThan(null).retryWhen(patiently).subscribe());
    }

    /** Whether the issuer has been reached at least once. */
    boolean loaded() {
        return known != null;
    }

    /** The keys that may have signed a token with this header; none when the issuer has no such key. */
    Mono<List<JWK>> matching(JWSHeader header) {
        JWKSelector selector = selector(header);
        JWKSet seen = known;
        List<JWK> found = seen == null ? List.of() : selector.select(seen);
        return found.isEmpty() ? fetchedUnlessNewerThan(seen).map(selector::select) : Mono.just(found);
    }

    /** Nimbus looks at what a key's {@code use} is, but not at its {@code key_ops}. */
    static JWKSelector selector(JWSHeader header) {
        return new JWKSelector(new JWKMatcher.Builder(JWKMatcher.forJWSHeader(header))
                .keyOperations(KeyOperation.SIGN, KeyOperation.VERIFY, null)
                .build());
    }

    private Mono<JWKSet> fetchedUnlessNewerThan(@Nullable JWKSet seen) {
        JWKSetCacheRefreshEvaluator evaluator = seen == null
                ? JWKSetCacheRefreshEvaluator.noRefresh()
                : JWKSetCacheRefreshEvaluator.referenceComparison(seen);
        return Mono.fromCallable(() -> source.getJWKSet(evaluator, clock.millis(), null))
                .subscribeOn(fetcher)
                .onErrorResume(
                        RateLimitReachedException.class,
                        limited -> Mono.justOrEmpty(known).switchIfEmpty(Mono.error(limited)))
                .onErrorMap(
                        IssuerKeys::isTrouble,
                        trouble -> Problem.unavailable(
                                "The token cannot be checked now: the issuer's keys are out of reach. Try again.",
                                trouble));
    }

    private static boolean isTrouble(Throwable failure) {
        return failure instanceof KeySourceException || failure instanceof RejectedExecutionException;
    }

    private void noteKeys(Event<CachingJWKSetSource<SecurityContext>, SecurityContext> event) {
        if (event instanceof CachingJWKSetSource.RefreshCompletedEvent<SecurityContext> completed) {
            known = completed.getJWKSet();
        }
    }

    @Override
    public void close() {
        firstLoad.dispose();
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fetcher.dispose();
    }

    /**
     * What the issuer publishes. After a quiet time Better Auth publishes an empty set until somebody signs in: that
     * counts as an outage, so that the keys known before stay, and the new ones are fetched as soon as one is used.
     */
    private static final class Published extends JWKSetSourceWrapper<SecurityContext> {
        private final Bucket fetches;
        private volatile boolean hadKeys;

        Published(JWKSetSource<SecurityContext> source, InstantSource clock) {
            super(source);
            fetches = Bucket.builder()
                    .addLimit(limit -> limit.capacity(FETCHES_AT_ONCE).refillGreedy(1, ANOTHER_FETCH))
                    .withCustomTimePrecision(new Ticks(clock))
                    .build();
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            if (!fetches.tryConsume(1)) {
                throw new RateLimitReachedException();
            }
            try {
                JWKSet published = getSource().getJWKSet(evaluator, now, context);
                if (published.isEmpty() && hadKeys) {
                    throw new JWKSetUnavailableException("the published set is empty");
                }
                hadKeys = hadKeys || !published.isEmpty();
                return published;
            } catch (JWKSetUnavailableException e) {
                LOG.warn("The issuer's keys cannot be fetched; any that are known stay in use. {}", e.getMessage());
                throw e;
            }
        }
    }
}
