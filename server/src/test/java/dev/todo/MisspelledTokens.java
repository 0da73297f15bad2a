package dev.todo;

import static dev.todo.TokenAttack.bearer;
import static dev.todo.TokenAttack.header;

import com.nimbusds.jose.util.Base64URL;
import dev.todo.auth.Refusal;
import dev.todo.auth.TestToken;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tokens that whoever knows the secret signs, or that are the issuer's, but for one thing that is wrong with them. */
final class MisspelledTokens {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private MisspelledTokens() {}

    static Stream<TokenAttack> segments() {
        String[] good = good();
        return Stream.of(
                bearer("an opaque session token", "kZc5eYI3mVhUPSpUmTWvJgVuDXVVjPpM", Refusal.MALFORMED),
                bearer(
                        "a signed session cookie",
                        "kZc5eYI3mVhUPSpUmTWvJgVuDXVVjPpM." + "c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2k",
                        Refusal.MALFORMED),
                bearer("garbage", "abc.def.ghi", Refusal.MALFORMED),
                bearer("only dots", "..", Refusal.MALFORMED),
                bearer("one segment", good[1], Refusal.MALFORMED),
                bearer("two segments", good[0] + "." + good[1], Refusal.MALFORMED),
                bearer("two segments, no header", good[1] + "." + good[2], Refusal.MALFORMED),
                bearer("four segments", token(good) + ".x", Refusal.MALFORMED),
                bearer("an empty fourth segment", token(good) + ".", Refusal.MALFORMED),
                bearer("an empty first segment", "." + token(good), Refusal.MALFORMED),
                bearer("five segments", token(good) + ".eA.dGFn", Refusal.MALFORMED),
                bearer(
                        "encrypted",
                        Base64URL.encode("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..aXY.eA.dGFn",
                        Refusal.NOT_SIGNED),
                bearer("no claims", good[0] + ".." + good[2], Refusal.BAD_SIGNATURE),
                bearer("over 8 KiB", secret(with("name", "x".repeat(8192))), Refusal.TOO_LONG),
                bearer("nearly as long as a header may be", "a".repeat(15_000), Refusal.TOO_LONG));
    }

    static Stream<TokenAttack> encodings() {
        String[] good = good();
        String issuers = ForgedTokens.GOOD.get(0);
        return Stream.of(
                bearer("trailing bits in the signature", token(good[0], good[1], bits(good[2])), Refusal.MALFORMED),
                bearer("trailing bits in an issuer's signature", bits(issuers), Refusal.MALFORMED),
                bearer("trailing bits in the claims", signed(good[0], bits(good[1])), Refusal.MALFORMED),
                bearer("trailing bits in the header", signed(bits(good[0]), good[1]), Refusal.MALFORMED),
                bearer("padding behind the signature", token(good) + "=", Refusal.MALFORMED),
                bearer("more padding behind the signature", token(good) + "==", Refusal.MALFORMED),
                bearer("padding behind the claims", signed(good[0], good[1] + "=="), Refusal.MALFORMED),
                bearer("padding behind the header", signed(good[0] + "==", good[1]), Refusal.MALFORMED),
                bearer("a letter more", token(good) + "A", Refusal.BAD_SIGNATURE),
                bearer("two letters more", token(good) + "AA", Refusal.MALFORMED),
                bearer("+ and / for - and _", standardAlphabet(), Refusal.MALFORMED),
                bearer("~ in the signature", token(good[0], good[1], "~" + good[2]), Refusal.MALFORMED),
                spaced("a space", good, " "),
                spaced("a tab", good, "\t"),
                header("a space behind", token(good), "Bearer " + token(good) + " x", Refusal.MALFORMED),
                header("a letter of another script", "x\u00e9", "Bearer x\u00e9", Refusal.MALFORMED),
                header("percent-encoded", token(good), "Bearer " + token(good).replace(".", "%2E"), Refusal.MALFORMED),
                header("in quotes", token(good), "Bearer \"" + token(good) + "\"", Refusal.MALFORMED));
    }

    static Stream<TokenAttack> headers() {
        TestToken draft = ForgedTokens.draft();
        return Stream.of(
                        draft.withHeader("crit", List.of("x")).withHeader("x", 1),
                        draft.withHeader("crit", List.of("exp")).withHeader("exp", 1),
                        draft.withHeader("crit", List.of("b64")).withHeader("b64", false),
                        draft.withHeader("crit", List.of("b64")).withHeader("b64", true),
                        draft.withHeader("crit", List.of()),
                        draft.withHeader("b64", false),
                        draft.withHeader("zip", "DEF"),
                        draft.withHeader("typ", "logout+jwt"),
                        draft.withHeader("typ", "dpop+jwt"))
                .flatMap(token -> Stream.of(
                        bearer("HS256 " + token.header(), secret(token), Refusal.UNSUPPORTED_HEADER),
                        bearer("EdDSA " + token.header(), issuer(token), Refusal.UNSUPPORTED_HEADER)));
    }

    static Stream<TokenAttack> claims() {
        long now = Instant.now().getEpochSecond();
        Stream<TokenAttack> always = Stream.of(
                        claim("exp", now - 5, Refusal.EXPIRED),
                        claim("exp", 0, Refusal.EXPIRED),
                        claim("exp", -1, Refusal.EXPIRED),
                        claim("exp", null, Refusal.NO_EXPIRY),
                        claim("exp", Long.toString(now + 900), Refusal.BAD_CLAIMS),
                        claim("exp", List.of(now + 900), Refusal.BAD_CLAIMS),
                        claim("nbf", now + 600, Refusal.NOT_YET_VALID),
                        claim("nbf", "soon", Refusal.BAD_CLAIMS),
                        claim("iat", now + 600, Refusal.NOT_YET_VALID),
                        claim("sub", null, Refusal.BAD_SUBJECT),
                        claim("sub", "", Refusal.BAD_SUBJECT),
                        claim("sub", 42, Refusal.BAD_SUBJECT),
                        claim("sub", true, Refusal.BAD_SUBJECT),
                        claim("sub", List.of("victim"), Refusal.BAD_SUBJECT),
                        claim("sub", Map.of("id", "victim"), Refusal.BAD_SUBJECT),
                        claim("sub", "x".repeat(256), Refusal.BAD_SUBJECT),
                        claim("sub", "victim\0", Refusal.BAD_SUBJECT))
                .flatMap(claim -> Stream.of(
                        bearer("HS256 " + claim, secret(claim.token()), claim.refusal()),
                        bearer("EdDSA " + claim, issuer(claim.token()), claim.refusal())));
        String issuer = ServerTest.ISSUER.url();
        Stream<TokenAttack> issuers = Stream.of(
                        claim("iss", null, Refusal.WRONG_ISSUER),
                        claim("iss", "https://evil.example", Refusal.WRONG_ISSUER),
                        claim("iss", issuer + "/", Refusal.WRONG_ISSUER),
                        claim("iss", issuer.toUpperCase(Locale.ROOT), Refusal.WRONG_ISSUER),
                        claim("iss", List.of(issuer), Refusal.WRONG_ISSUER),
                        claim("aud", null, Refusal.WRONG_AUDIENCE),
                        claim("aud", "https://evil.example", Refusal.WRONG_AUDIENCE),
                        claim("aud", List.of("x", "y"), Refusal.WRONG_AUDIENCE),
                        claim("aud", List.of(), Refusal.WRONG_AUDIENCE),
                        claim("aud", Map.of(issuer, issuer), Refusal.WRONG_AUDIENCE))
                .map(claim -> bearer("EdDSA " + claim, issuer(claim.token()), claim.refusal()));
        return Stream.concat(always, issuers);
    }

    private record Claim(String name, TestToken token, Refusal refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Claim claim(String name, @Nullable Object value, Refusal refusal) {
        TestToken token = value == null ? ForgedTokens.draft().without(name) : with(name, value);
        String shown =
                value instanceof String text ? "'" + text.substring(0, Math.min(30, text.length())) + "'" : "" + value;
        return new Claim(name + " = " + shown.replace('\0', '?'), token, refusal);
    }

    private static TestToken with(String claim, Object value) {
        return ForgedTokens.draft().with(claim, value);
    }

    private static String secret(TestToken token) {
        return token.signedWith(ServerTest.SECRET);
    }

    private static String issuer(TestToken token) {
        return token.signedBy(ServerTest.ISSUER.key());
    }

    private static TokenAttack spaced(String name, String[] good, String space) {
        String half = good[2].substring(0, 20);
        return header(
                name + " inside", token(good), "Bearer " + token(good).replace(half, half + space), Refusal.MALFORMED);
    }

    /** Header and claims leave spare bits in their last letters: two thirds of all texts do. */
    private static String[] good() {
        return IntStream.range(0, 100)
                .mapToObj(n -> secret(with("name", "x".repeat(n)).withHeader("n", "x".repeat(n % 3 + n / 3 % 3)))
                        .split("\\."))
                .filter(parts -> parts[0].length() % 4 == 2 && parts[1].length() % 4 == 2)
                .findFirst()
                .orElseThrow();
    }

    private static String standardAlphabet() {
        return IntStream.range(0, 1000)
                .mapToObj(n -> secret(with("n", n)))
                .filter(token -> token.substring(token.lastIndexOf('.')).matches(".*-.*_.*|.*_.*-.*"))
                .findFirst()
                .map(token -> token.replace('-', '+').replace('_', '/'))
                .orElseThrow();
    }

    /** The same bytes: only bits that belong to none are set. */
    private static String bits(String encoded) {
        char last = ALPHABET.charAt(ALPHABET.indexOf(encoded.charAt(encoded.length() - 1)) + 1);
        return encoded.substring(0, encoded.length() - 1) + last;
    }

    private static String signed(String header, String claims) {
        return TestToken.signedParts(header, claims, ServerTest.SECRET);
    }

    private static String token(String... parts) {
        return String.join(".", parts);
    }
}
