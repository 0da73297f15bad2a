package dev.todo.auth.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** The address that a request comes from, as far as the server can know; {@link ClientAddresses} finds it. */
public record ClientAddress(@Nullable InetAddress address) {
    private static final String ATTRIBUTE = ClientAddress.class.getName();
    private static final String UNKNOWN = "-";
    /** What an IPv6 subscriber gets at least, to make addresses of at will (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    public static ClientAddress of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** As it stands in logs. */
    public String text() {
        return address == null ? UNKNOWN : address.getHostAddress();
    }

    /** The same for all addresses that one client can easily have: an IPv4 address, or 64 bits of IPv6. */
    public String network() {
        if (address instanceof Inet6Address) {
            byte[] bytes = address.getAddress();
            Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
            return IpLiteral.of(bytes).getHostAddress() + "/64";
        }
        return text();
    }

    void putInto(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** The other end of the connection. */
    static ClientAddress ofPeer(ServerWebExchange exchange) {
        InetSocketAddress peer = exchange.getRequest().getRemoteAddress();
        InetAddress address = peer == null ? null : peer.getAddress();
        return new ClientAddress(address == null ? null : IpLiteral.of(address.getAddress()));
    }
}
