package dev.gatehouse.app.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PortableKeyTest {
    @Test
    void theKeyIsTheSameAndItsPublicHalfIsInIt() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        for (int i = 0; i < 50; i++) {
            KeyPair keys = generator.generateKeyPair();

            byte[] portable = PortableKey.withPublicHalf(keys.getPrivate().getEncoded(), keys.getPublic());

            ECPrivateKey read =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(portable));
            assertThat(read.getS()).isEqualTo(((ECPrivateKey) keys.getPrivate()).getS());
            byte[] information = keys.getPublic().getEncoded();
            byte[] point = Arrays.copyOfRange(information, information.length - 65, information.length);
            assertThat(Arrays.copyOfRange(portable, portable.length - 65, portable.length))
                    .isEqualTo(point);
        }
    }
}
