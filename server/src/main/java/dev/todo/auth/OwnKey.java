package dev.todo.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.todo.problem.StartRefused;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** An Ed25519 key of our own, so that others can verify our tokens without sharing a secret. */
public final class OwnKey {
    /** RFC 8410: the raw public key ends its X.509 form. */
    private static final int PUBLIC_KEY_BYTES = 32;

    private final PrivateKey privateKey;
    private final OctetKeyPair publicKey;

    private OwnKey(PrivateKey privateKey, OctetKeyPair publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** Reads PKCS #8 in Base64, as {@code openssl genpkey -algorithm ed25519 -outform DER | base64 -w0} prints it. */
    public static OwnKey parse(String setting) {
        try {
            byte[] encoded = Base64.getDecoder().decode(setting.strip());
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new OwnKey(key, publicKey((EdECPrivateKey) key));
        } catch (IllegalArgumentException | GeneralSecurityException | JOSEException e) {
            throw new StartRefused("ACCOUNTS_SIGNING_KEY must be an Ed25519 key: make one with"
                    + " openssl genpkey -algorithm ed25519 -outform DER | base64 -w0.");
        }
    }

    /** The JDK derives a public key only while it makes the pair, so the pair is made again from the same seed. */
    private static OctetKeyPair publicKey(EdECPrivateKey key) throws GeneralSecurityException, JOSEException {
        byte[] seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("No seed"));
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
        pairs.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        byte[] encoded = pairs.generateKeyPair().getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw))
                .keyIDFromThumbprint()
                .build();
    }

    /** The public half: 32 bytes in Base64url. */
    public String x() {
        return publicKey.getX().toString();
    }

    public String id() {
        return publicKey.getKeyID();
    }

    JWSSigner signer() {
        return new Signer(privateKey);
    }

    boolean hasSigned(SignedJWT token) {
        return Signatures.isBy(publicKey, token);
    }

    private static final class Signer extends EdDSAProvider implements JWSSigner {
        private final PrivateKey key;

        Signer(PrivateKey key) {
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(key);
                signature.update(signingInput);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new JOSEException("No signature can be made with the key", e);
            }
        }
    }
}
