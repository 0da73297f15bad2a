package dev.todo.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A private key of an issuer. It signs with the JDK alone, so that the verifier's library is not its own judge. */
public record TestKey(String algorithm, String id, KeyPair pair) {
    private static final int RAW_ED25519 = 32;

    public static TestKey of(String algorithm, String id) {
        return switch (algorithm) {
            case "EdDSA" -> new TestKey(algorithm, id, edwards());
            case "ES256" -> new TestKey(algorithm, id, elliptic("secp256r1"));
            case "ES384" -> new TestKey(algorithm, id, elliptic("secp384r1"));
            case "ES512" -> new TestKey(algorithm, id, elliptic("secp521r1"));
            default -> rsa(algorithm, id, 2048);
        };
    }

    public static TestKey rsa(String algorithm, String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new TestKey(algorithm, id, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key as Better Auth publishes it: no {@code use}. */
    public Map<String, Object> published() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("alg", algorithm);
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            jwk.putAll(new RSAKey.Builder(rsa).build().toJSONObject());
        } else if (pair.getPublic() instanceof ECPublicKey ec) {
            jwk.putAll(new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                    .build()
                    .toJSONObject());
        } else {
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_ED25519, encoded.length);
            jwk.put("crv", "Ed25519");
            jwk.put("x", Base64URL.encode(raw).toString());
            jwk.put("kty", "OKP");
        }
        jwk.put("kid", id);
        return jwk;
    }

    public byte[] sign(byte[] input) {
        try {
            Signature signature = signature();
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        if (algorithm.equals("PS256")) {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return pss;
        }
        return Signature.getInstance(
                switch (algorithm) {
                    case "EdDSA" -> "Ed25519";
                    case "ES256" -> "SHA256withECDSAinP1363Format";
                    case "ES384" -> "SHA384withECDSAinP1363Format";
                    case "ES512" -> "SHA512withECDSAinP1363Format";
                    default -> "SHA256withRSA";
                });
    }

    private static KeyPair edwards() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair elliptic(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
