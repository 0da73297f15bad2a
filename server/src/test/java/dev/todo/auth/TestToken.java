package dev.todo.auth;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token in the making: header and claims can be anything, and anybody may sign it. */
public record TestToken(Map<String, Object> header, Map<String, Object> claims) {
    /** A token as a Better Auth application signs it by hand: good for a quarter of an hour. */
    public static TestToken of(String user, InstantSource clock) {
        long now = clock.instant().getEpochSecond();
        return new TestToken(Map.of(), Map.of("sub", user, "iat", now, "exp", now + 900, "name", "Somebody"));
    }

    public TestToken with(String claim, Object value) {
        return new TestToken(header, changed(claims, claim, value));
    }

    public TestToken without(String claim) {
        Map<String, Object> fewer = new LinkedHashMap<>(claims);
        fewer.remove(claim);
        return new TestToken(header, fewer);
    }

    public TestToken withHeader(String name, Object value) {
        return new TestToken(changed(header, name, value), claims);
    }

    public String signedWith(String secret) {
        return signedWith(secret.getBytes(StandardCharsets.UTF_8));
    }

    public String signedWith(byte[] secret) {
        return signed(withDefault("alg", "HS256").signingInput(), secret);
    }

    /** A token that no library would make: header and claims are written as they are. */
    public static String signedText(String header, String claims, String secret) {
        return signedParts(
                Base64URL.encode(header).toString(), Base64URL.encode(claims).toString(), secret);
    }

    /** Signs what need not even be the encoding of anything. */
    public static String signedParts(String header, String claims, String secret) {
        return signed(header + "." + claims, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The header and the signature of one token around the claims of this one. */
    public String tampered(String token) {
        return token.substring(0, token.indexOf('.') + 1) + part(claims) + token.substring(token.lastIndexOf('.'));
    }

    private static String signed(String input, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String signedBy(TestKey key) {
        String input =
                withDefault("alg", key.algorithm()).withDefault("kid", key.id()).signingInput();
        return input + "." + Base64URL.encode(key.sign(input.getBytes(StandardCharsets.UTF_8)));
    }

    public String unsigned() {
        return withDefault("alg", "none").signingInput() + ".";
    }

    private TestToken withDefault(String name, String value) {
        return header.containsKey(name) ? this : withHeader(name, value);
    }

    private String signingInput() {
        return part(header) + "." + part(claims);
    }

    public static String part(Map<String, Object> json) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(json)).toString();
    }

    private static Map<String, Object> changed(Map<String, Object> from, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(from);
        more.put(name, value);
        return more;
    }
}
