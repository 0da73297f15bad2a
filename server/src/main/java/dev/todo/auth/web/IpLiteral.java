package dev.todo.auth.web;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An IP address as it is written. Only literals are read: no name is ever looked up. */
final class IpLiteral {
    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern PORT = Pattern.compile(":([0-9]{1,5}|_[A-Za-z0-9._-]{1,100})");

    private IpLiteral() {}

    /** An IPv4 address that is written as IPv6 ({@code ::ffff:192.0.2.1}) is one; null for anything but an address. */
    static @Nullable InetAddress parse(String text) {
        byte[] bytes = LITERAL.matcher(text).matches() ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        return bytes == null ? null : of(bytes);
    }

    /** An address as proxies write it: with a port or without, and IPv6 in brackets or without. */
    static @Nullable InetAddress parseNode(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end > 0 && isNothingOrPort(node.substring(end + 1)) ? parse(node.substring(1, end)) : null;
        }
        int colon = node.indexOf(':');
        boolean hasPort = colon > 0 && colon == node.lastIndexOf(':');
        if (!hasPort) {
            return parse(node);
        }
        return isNothingOrPort(node.substring(colon)) ? parse(node.substring(0, colon)) : null;
    }

    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes", e);
        }
    }

    private static boolean isNothingOrPort(String text) {
        return text.isEmpty() || PORT.matcher(text).matches();
    }
}
