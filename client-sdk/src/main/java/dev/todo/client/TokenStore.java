package dev.todo.client;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the refresh token of a session is kept, so that the session outlives the program. Each refresh token is good
 * for one use: it is loaded before, and the next is saved as soon as it is there. Both may block.
 *
 * <pre>{@code
 * TokenStore file = new TokenStore() {
 *     private final Path path = Path.of("refresh-token"); // readable for its owner only
 *
 *     @Override
 *     public String load() throws IOException {
 *         return Files.exists(path) ? Files.readString(path) : null;
 *     }
 *
 *     @Override
 *     public void save(String refreshToken) throws IOException {
 *         if (refreshToken == null) {
 *             Files.deleteIfExists(path);
 *         } else {
 *             Files.writeString(path, refreshToken);
 *         }
 *     }
 * };
 * }</pre>
 */
public interface TokenStore {
    /** The refresh token; null if there is none. */
    @Nullable
    String load() throws Exception;

    /** Keeps the next one; null forgets it. */
    void save(@Nullable String refreshToken) throws Exception;

    /** One that is gone with the program, and begins with this token. */
    static TokenStore inMemory(@Nullable String refreshToken) {
        AtomicReference<@Nullable String> token = new AtomicReference<>(refreshToken);
        return new TokenStore() {
            @Override
            public @Nullable String load() {
                return token.get();
            }

            @Override
            public void save(@Nullable String next) {
                token.set(next);
            }
        };
    }
}
