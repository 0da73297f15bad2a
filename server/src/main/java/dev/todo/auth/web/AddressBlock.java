package dev.todo.auth.web;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All addresses that begin with the same bits ({@code 10.0.0.0/8}), or a single one. */
record AddressBlock(InetAddress start, int bits) {
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    /** Null for anything but an address, or an address and a number of bits. */
    static @Nullable AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        InetAddress start = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (start == null) {
            return null;
        }
        int all = start.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new AddressBlock(start, all);
        }
        String bits = text.substring(slash + 1);
        return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= all
                ? new AddressBlock(start, Integer.parseInt(bits))
                : null;
    }

    boolean contains(InetAddress address) {
        byte[] mine = start.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int unequal = mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE];
            int ignored = Math.max(0, bit + Byte.SIZE - bits);
            if ((unequal & 0xff) >> ignored != 0) {
                return false;
            }
        }
        return true;
    }
}
