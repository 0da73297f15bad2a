package dev.todo.auth.web;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Finds out where a request comes from: the {@link ClientAddress} is then among the attributes of the exchange. Only
 * trusted proxies are believed when they name the address before them, so each client has just one.
 */
public final class ClientAddresses implements WebFilter {
    private static final String FORWARDED = "Forwarded";
    private static final String X_FORWARDED_FOR = "X-Forwarded-For";
    private static final String FOR = "for=";

    private final List<AddressBlock> proxies;

    public ClientAddresses(ProxySettings settings) {
        this.proxies = settings.blocks();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ClientAddress peer = ClientAddress.ofPeer(exchange);
        InetAddress address = peer.address();
        ClientAddress client = address != null && isTrusted(address)
                ? new ClientAddress(before(address, exchange.getRequest().getHeaders()))
                : peer;
        client.putInto(exchange);
        return chain.filter(exchange);
    }

    private InetAddress before(InetAddress proxy, HttpHeaders headers) {
        List<String> forwarded = headers.getOrEmpty(FORWARDED);
        List<String> forwardedFor = headers.getOrEmpty(X_FORWARDED_FOR);
        InetAddress first = before(proxy, forwarded, ClientAddresses::forwardedFor);
        InetAddress second = before(proxy, forwardedFor, node -> IpLiteral.parseNode(node.strip()));
        if (forwarded.isEmpty() || forwardedFor.isEmpty()) {
            return forwarded.isEmpty() ? second : first;
        }
        // A proxy that writes one of the two passes the other on, as the client has made it up.
        return first.equals(second) ? first : proxy;
    }

    /**
     * From the right, where the nearest proxy has written, as far as trusted proxies have. What a client has written
     * stands to the left of its own address, and is not even looked at.
     */
    private InetAddress before(InetAddress proxy, List<String> lines, Function<String, @Nullable InetAddress> reader) {
        InetAddress believed = proxy;
        for (int line = lines.size() - 1; line >= 0; line--) {
            String text = lines.get(line);
            int end = text.length();
            while (end >= 0) {
                int comma = lastComma(text, end);
                InetAddress address = reader.apply(text.substring(comma + 1, end));
                if (address == null) {
                    return believed;
                }
                if (!isTrusted(address)) {
                    return address;
                }
                believed = address;
                end = comma;
            }
        }
        return believed;
    }

    private boolean isTrusted(InetAddress address) {
        for (AddressBlock block : proxies) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The last comma before the end that is not in quotes; -1 if there is none. */
    private static int lastComma(String text, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** The address in {@code for="[2001:db8::1]:8080";proto=https} (RFC 7239). */
    private static @Nullable InetAddress forwardedFor(String element) {
        int start = 0;
        while (start <= element.length()) {
            int semicolon = element.indexOf(';', start);
            int end = semicolon < 0 ? element.length() : semicolon;
            String pair = element.substring(start, end).strip();
            if (pair.regionMatches(true, 0, FOR, 0, FOR.length())) {
                return IpLiteral.parseNode(unquoted(pair.substring(FOR.length())));
            }
            start = end + 1;
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
