package dev.todo.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** The signatures of the issuer: which algorithms it may use, and whether one of its keys made a signature. */
final class Signatures {
    static final Set<JWSAlgorithm> ACCEPTED =
            Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.ES256, JWSAlgorithm.ES512, JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private static final int SHORTEST_RSA_BITS = 2048;

    private Signatures() {}

    static boolean isBy(JWK key, SignedJWT token) {
        try {
            return token.verify(verifier(key));
        } catch (JOSEException e) {
            // The key cannot have made it: another curve, too short, or not a valid key at all.
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA_BITS) {
            return new RSASSAVerifier(rsa.toRSAPublicKey());
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec.toECPublicKey());
        }
        if (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
            return new Ed25519(pair.getDecodedX());
        }
        throw new JOSEException("No signature can be verified with this key");
    }

    /** Ed25519 by the JDK: Nimbus' own verifier needs another library for it. */
    private static final class Ed25519 extends EdDSAProvider implements JWSVerifier {
        /** What an X.509 public key of Ed25519 begins with; the 32 bytes of the key follow (RFC 8410). */
        private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

        private static final int LENGTH = 64;

        private final PublicKey key;

        Ed25519(byte[] x) throws JOSEException {
            var encoded = new ByteArrayOutputStream();
            encoded.writeBytes(X509_PREFIX);
            encoded.writeBytes(x);
            try {
                key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
            } catch (GeneralSecurityException e) {
                throw new JOSEException("Not a key of Ed25519", e);
            }
        }

        /** The JDK overlooks zeros behind a signature, so its length is checked here. */
        @Override
        public boolean verify(JWSHeader header, byte[] signingInput, Base64URL encoded) {
            byte[] signature = encoded.decode();
            try {
                Signature check = Signature.getInstance("Ed25519");
                check.initVerify(key);
                check.update(signingInput);
                return signature.length == LENGTH && check.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }
}
