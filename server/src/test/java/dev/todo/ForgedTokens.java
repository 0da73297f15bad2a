package dev.todo;

import static dev.todo.TokenAttack.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.todo.auth.FakeIssuer;
import dev.todo.auth.Refusal;
import dev.todo.auth.TestKey;
import dev.todo.auth.TestToken;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tokens whose signature is nobody's, or made with a key that is not the issuer's. */
final class ForgedTokens {
    static final FakeIssuer EVIL = new FakeIssuer(InstantSource.system());

    private static final TestKey RSA = TestKey.of("RS256", "rsa");
    private static final TestKey PSS = TestKey.of("PS256", "pss");
    private static final TestKey EC = TestKey.of("ES256", "ec");
    private static final TestKey EC_512 = TestKey.of("ES512", "ec-512");
    private static final TestKey ED = ServerTest.ISSUER.key();
    private static final List<TestKey> ALL = List.of(RSA, PSS, EC, EC_512, ED);

    /** What each attack starts from. If these did not open the door, no attack would prove anything. */
    static final List<String> GOOD = Stream.concat(
                    ALL.stream().map(key -> draft().signedBy(key)), Stream.of(draft().signedWith(ServerTest.SECRET)))
            .toList();

    private ForgedTokens() {}

    static void publishKeys() {
        ServerTest.ISSUER.publish(ALL.toArray(TestKey[]::new));
    }

    static TestToken draft() {
        return ServerTest.ISSUER.draft("victim");
    }

    static Stream<TokenAttack> confusedKeys() {
        Stream<TokenAttack> publicKeyAsSecret = ALL.stream().flatMap(key -> {
            TestToken draft = draft().withHeader("kid", key.id());
            String pem = pem(key);
            Object coordinate =
                    key.published().getOrDefault("x", key.published().get("n"));
            return Map.of(
                            "DER", key.pair().getPublic().getEncoded(),
                            "PEM", pem.getBytes(UTF_8),
                            "PEM without the last line end", pem.strip().getBytes(UTF_8),
                            "x or n", String.valueOf(coordinate).getBytes(UTF_8),
                            "bytes of x or n", new Base64URL(String.valueOf(coordinate)).decode(),
                            "JWK", JSONObjectUtils.toJSONString(key.published()).getBytes(UTF_8))
                    .entrySet()
                    .stream()
                    .map(form -> bearer(
                            "HS256 with the " + form.getKey() + " of the public key for " + key.algorithm(),
                            draft.signedWith(form.getValue()),
                            Refusal.BAD_SIGNATURE));
        });
        Stream<TokenAttack> secretAsPrivateKey = ALL.stream()
                .map(key -> bearer(
                        key.algorithm() + " over an HMAC with the secret",
                        draft().withHeader("alg", key.algorithm())
                                .withHeader("kid", key.id())
                                .signedWith(ServerTest.SECRET),
                        Refusal.BAD_SIGNATURE));
        Stream<TokenAttack> others = Stream.of(
                bearer("EdDSA named RS256", renamed("RS256", ED), Refusal.UNKNOWN_KEY),
                bearer("RS256 named PS256", renamed("PS256", RSA), Refusal.UNKNOWN_KEY),
                bearer("PS256 named RS256", renamed("RS256", PSS), Refusal.UNKNOWN_KEY),
                bearer("ES256 named ES512", renamed("ES512", EC), Refusal.UNKNOWN_KEY),
                bearer("ES256 named ES256K", renamed("ES256K", EC), Refusal.WRONG_ALGORITHM),
                bearer("EdDSA named Ed25519", renamed("Ed25519", ED), Refusal.WRONG_ALGORITHM),
                bearer("HS384", hmac("HS384", ServerTest.SECRET.getBytes(UTF_8)), Refusal.WRONG_ALGORITHM),
                bearer("HS512", hmac("HS512", ServerTest.SECRET.getBytes(UTF_8)), Refusal.WRONG_ALGORITHM),
                bearer("hs256", hmac("hs256", ServerTest.SECRET.getBytes(UTF_8)), Refusal.WRONG_ALGORITHM),
                bearer("another secret", hmac("HS256", "x".repeat(48).getBytes(UTF_8)), Refusal.BAD_SIGNATURE),
                // HMAC fills keys up with zeros: this is the empty key, which the JDK does not take.
                bearer("an empty key", hmac("HS256", new byte[1]), Refusal.BAD_SIGNATURE));
        return Stream.of(publicKeyAsSecret, secretAsPrivateKey, others).flatMap(attacks -> attacks);
    }

    static Stream<TokenAttack> unsigned() {
        String good = draft().signedWith(ServerTest.SECRET);
        String signature = good.substring(good.lastIndexOf('.') + 1);
        Stream<TokenAttack> spelled = Stream.of("None", "NONE", "nOnE", "none ", " none", "none\0", "null", "n\u043ene")
                .flatMap(name -> {
                    String bare = draft().withHeader("alg", name).unsigned();
                    return Stream.of(
                            bearer("alg '" + name + "' without a signature", bare, Refusal.MALFORMED),
                            bearer("alg '" + name + "' with one", bare + signature, Refusal.WRONG_ALGORITHM));
                });
        Stream<TokenAttack> others = Stream.of(
                bearer("alg none", draft().unsigned(), Refusal.NOT_SIGNED),
                bearer("alg none with a signature", draft().unsigned() + signature, Refusal.MALFORMED),
                bearer("alg empty", draft().withHeader("alg", "").unsigned() + signature, Refusal.WRONG_ALGORITHM),
                bearer("alg a list", draft().withHeader("alg", List.of("none")).unsigned(), Refusal.MALFORMED),
                bearer("no signature", good.substring(0, good.lastIndexOf('.') + 1), Refusal.MALFORMED),
                bearer(
                        "alg given twice",
                        TestToken.signedText(
                                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                                JSONObjectUtils.toJSONString(draft().claims()),
                                ServerTest.SECRET),
                        Refusal.MALFORMED));
        return Stream.concat(spelled, others);
    }

    static Stream<TokenAttack> keysOfTheirOwn() {
        TestKey own = EVIL.key();
        TestKey namesake = new TestKey(ED.algorithm(), ED.id(), own.pair());
        TestToken draft = draft().withHeader("kid", "of-their-own");
        String keys = EVIL.url() + "/api/auth/jwks";
        String certificate = Base64.encode(own.pair().getPublic().getEncoded()).toString();
        Stream<TokenAttack> named = Stream.of(
                        draft.withHeader("jwk", own.published()),
                        draft.withHeader("jku", keys),
                        draft.withHeader("x5u", keys),
                        draft.withHeader("x5c", List.of(certificate)),
                        draft.withHeader("kid", keys),
                        draft.withHeader("kid", "../../../../dev/null"),
                        draft.withHeader("kid", "' union select 'key' --"),
                        draft.withHeader("kid", "| touch /tmp/owned"),
                        draft.withHeader("kid", "${jndi:ldap://127.0.0.1/x}"),
                        draft.withHeader("kid", "\0"),
                        draft.withHeader("kid", ""))
                .map(token -> bearer("their own key: " + token.header(), token.signedBy(own), Refusal.UNKNOWN_KEY));
        Stream<TokenAttack> besides = Stream.of(
                bearer("another key of the same name", draft().signedBy(namesake), Refusal.BAD_SIGNATURE),
                bearer(
                        "another key of the same name, in the header",
                        draft().withHeader("jwk", namesake.published()).signedBy(namesake),
                        Refusal.BAD_SIGNATURE),
                bearer(
                        "another key of the same name, to be fetched",
                        draft().withHeader("jku", keys).signedBy(namesake),
                        Refusal.BAD_SIGNATURE),
                bearer(
                        "the empty file as secret",
                        draft().withHeader("kid", "../../../../dev/null").signedWith(new byte[1]),
                        Refusal.BAD_SIGNATURE),
                bearer(
                        "a secret from SQL",
                        draft().withHeader("kid", "' union select 'key' --").signedWith("key"),
                        Refusal.BAD_SIGNATURE),
                bearer("kid a number", draft().withHeader("kid", 1).signedBy(own), Refusal.MALFORMED));
        return Stream.concat(named, besides);
    }

    static Stream<TokenAttack> signatures() {
        Stream<TokenAttack> everyKind = ALL.stream().flatMap(key -> {
            String good = draft().signedBy(key);
            byte[] signature = signature(good);
            byte[] flipped = signature.clone();
            flipped[flipped.length - 1] ^= 1;
            String name = key.algorithm() + ": ";
            return Stream.of(
                    bearer(name + "other claims", draft().with("sub", "admin").tampered(good), Refusal.BAD_SIGNATURE),
                    forged(name + "one bit flipped", good, flipped),
                    forged(name + "one byte less", good, Arrays.copyOf(signature, signature.length - 1)),
                    forged(name + "half", good, Arrays.copyOf(signature, signature.length / 2)),
                    forged(name + "one byte", good, new byte[1]),
                    forged(name + "a zero more", good, Arrays.copyOf(signature, signature.length + 1)),
                    forged(name + "a zero before", good, joined(new byte[1], signature)),
                    forged(name + "twice", good, joined(signature, signature)),
                    forged(name + "all zeros", good, new byte[signature.length]));
        });
        ECPublicKey key = (ECPublicKey) EC.pair().getPublic();
        BigInteger order = key.getParams().getOrder();
        List<BigInteger> special = List.of(
                BigInteger.ZERO, BigInteger.ONE, order.subtract(BigInteger.ONE), order, order.add(BigInteger.ONE));
        String elliptic = draft().signedBy(EC);
        Stream<TokenAttack> psychic = special.stream()
                .flatMap(r -> special.stream()
                        .map(s -> forged(
                                "ES256: r = " + r + ", s = " + s, elliptic, joined(fixed(r, 32), fixed(s, 32)))));
        String rsa = draft().signedBy(RSA);
        BigInteger modulus = ((RSAPublicKey) RSA.pair().getPublic()).getModulus();
        byte[] edwards = signature(draft().signedBy(ED));
        Stream<TokenAttack> others = Stream.of(
                forged("RS256: 1", rsa, fixed(BigInteger.ONE, 256)),
                forged("RS256: n - 1", rsa, fixed(modulus.subtract(BigInteger.ONE), 256)),
                forged(
                        "RS256: plus n",
                        rsa,
                        new BigInteger(1, signature(rsa)).add(modulus).toByteArray()),
                forged("EdDSA: s plus the order", draft().signedBy(ED), plusOrder(edwards)));
        return Stream.of(everyKind, psychic, others).flatMap(attacks -> attacks);
    }

    private static TokenAttack forged(String name, String good, byte[] signature) {
        String input = good.substring(0, good.lastIndexOf('.') + 1);
        return bearer(name, input + Base64URL.encode(signature), Refusal.BAD_SIGNATURE);
    }

    private static String renamed(String algorithm, TestKey key) {
        return draft().withHeader("alg", algorithm).signedBy(key);
    }

    private static String hmac(String algorithm, byte[] secret) {
        return draft().withHeader("alg", algorithm).signedWith(secret);
    }

    private static byte[] signature(String token) {
        return new Base64URL(token.substring(token.lastIndexOf('.') + 1)).decode();
    }

    /** The same signature modulo the order of the group, which RFC 8032 tells verifiers to refuse. */
    private static byte[] plusOrder(byte[] signature) {
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
        return joined(Arrays.copyOf(signature, 32), reversed(fixed(s.add(order), 32)));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = joined(new byte[length], number.toByteArray());
        return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static String pem(TestKey key) {
        String body = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.pair().getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }
}
