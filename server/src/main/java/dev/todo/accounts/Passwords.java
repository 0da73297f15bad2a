package dev.todo.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.matchers.Dictionary;
import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.todo.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hashes passwords by argon2id, on few threads of its own: each hash takes 19 MiB and some fifty milliseconds, and a
 * burst of them must neither hold up other requests nor exhaust the memory.
 */
@Component
class Passwords implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private static final Set<String> SOUND_BCRYPT = Set.of("$2a$", "$2b$", "$2y$");
    private static final int BCRYPT_BYTES = 72;

    private static final Verdict WRONG = new Verdict(false, false);

    private static final int MOST_WAITING = 500;
    private static final int IDLE_SECONDS = 60;

    private final Scheduler hashers = Schedulers.newBoundedElastic(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MOST_WAITING, "passwords", IDLE_SECONDS, true);
    private final Supplier<Dictionary> common = SingletonSupplier.of(Passwords::commonPasswords);
    /** What is checked when there is no account, so that it takes as long. */
    private final Supplier<String> nobody = SingletonSupplier.of(() -> hashed(Secrets.token()));

    /** {@code outdated}: the password is right, and deserves a better hash than it has. */
    record Verdict(boolean matches, boolean outdated) {}

    /** Not on an event loop: the first time, the list is read. */
    Mono<Boolean> isCommon(String password) {
        return Mono.fromCallable(() -> common.get().getRankedDictionary().containsKey(gist(password)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** What is left to guess: wide letters, capitals and a space at an end make no secret of what is none. */
    static String gist(String password) {
        return EmailAddress.keyOf(password).strip();
    }

    Mono<String> hash(String password) {
        return on(() -> hashed(password));
    }

    /** {@code hash} null: nobody has this password, but to find out takes as long as for somebody. */
    Mono<Verdict> verify(String password, @Nullable String hash) {
        return on(() -> {
            // Made whoever it is, or the first stranger would wait longer.
            String instead = nobody.get();
            Verdict verdict = check(password, hash == null ? instead : hash);
            return hash == null ? WRONG : verdict;
        });
    }

    private static String hashed(String password) {
        return Password.hash(password)
                .addRandomSalt(SALT_BYTES)
                // The library keeps the 19 MiB with it: not before somebody has a password.
                .with(Argon2Function.getInstance(
                        MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID, Argon2Function.ARGON2_VERSION_13))
                .getResult();
    }

    private static Verdict check(String password, String hash) {
        try {
            return verdict(password, hash);
        } catch (RuntimeException e) {
            LOG.warn("A password hash cannot be read: {}", e.toString());
            return WRONG;
        }
    }

    private static Verdict verdict(String password, String hash) {
        HashingFunction function = hash.startsWith("$2")
                ? BcryptFunction.getInstanceFromHash(hash)
                : Argon2Function.getInstanceFromHash(hash);
        return new Verdict(
                Password.check(password, hash).with(function), isWeaker(function) && tellsAllOf(password, hash));
    }

    /**
     * Whether the hash is right for this password alone: bcrypt sees its first 72 bytes, of which the zero at the end is
     * one, and the variants without a letter and x confuse even shorter ones. What is taken for the password must not
     * become it.
     */
    private static boolean tellsAllOf(String password, String hash) {
        return !hash.startsWith("$2")
                || (SOUND_BCRYPT.contains(hash.substring(0, 4)) && password.getBytes(UTF_8).length < BCRYPT_BYTES);
    }

    private static boolean isWeaker(HashingFunction function) {
        return !(function instanceof Argon2Function argon2
                && argon2.getVariant() == Argon2.ID
                && argon2.getMemory() >= MEMORY_KIB
                && argon2.getIterations() >= PASSES);
    }

    private <T> Mono<T> on(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(hashers)
                .publishOn(Schedulers.parallel())
                .onErrorMap(
                        RejectedExecutionException.class,
                        full -> Problem.unavailable("Too many people log in at once. Try again.", full));
    }

    private static Dictionary commonPasswords() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        hashers.dispose();
    }
}
