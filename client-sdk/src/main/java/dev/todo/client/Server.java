package dev.todo.client;

/**
 * What the server says of itself, to anybody.
 *
 * <pre>{@code
 * if (todo.server().ready()) {
 *     System.out.println(todo.server().contract());
 * }
 * }</pre>
 */
public final class Server {
    private final AsyncServer async;

    Server(AsyncServer async) {
        this.async = async;
    }

    /** Whether the server and its database are well: {@code healthy}. */
    public String health() {
        return Waiting.await(() -> async.health());
    }

    /** Whether the server runs; asked once, unless the options say otherwise. */
    public boolean live() {
        return Waiting.await(() -> async.live());
    }

    /** Whether the server can answer now; asked once, unless the options say otherwise. */
    public boolean ready() {
        return Waiting.await(() -> async.ready());
    }

    /** The contract, as YAML. */
    public String contract() {
        return Waiting.await(() -> async.contract());
    }

    /** The contract, as JSON. */
    public String contractJson() {
        return Waiting.await(() -> async.contractJson());
    }

    /** The keys that verify the server's own tokens, as a JWK set in JSON. */
    public String signingKeys() {
        return Waiting.await(() -> async.signingKeys());
    }
}
