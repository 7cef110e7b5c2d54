package dev.gatehouse.control.authority;

import dev.gatehouse.core.identity.SpiffeId;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** What each kind of certificate says of itself (X509-SVID, sections 3 to 5; RFC 5280, section 4.2). */
final class Profiles {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Profiles() {}

    static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Gatehouse")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    static CertificateSigner meshRoot(CertificateSigner signer, SpiffeId trustDomain, PublicKey key) {
        return identifiers(authority(signer, new BasicConstraints(true)), key, key)
                .extension(Extension.subjectAlternativeName, false, uri(trustDomain));
    }

    static CertificateSigner meshIntermediate(
            CertificateSigner signer, SpiffeId trustDomain, PublicKey key, X509Certificate issuer) {
        return identifiers(authority(signer, new BasicConstraints(0)), key, issuer.getPublicKey())
                .extension(Extension.subjectAlternativeName, false, uri(trustDomain));
    }

    static CertificateSigner svid(CertificateSigner signer, SpiffeId id, PublicKey key, X509Certificate issuer) {
        return leaf(
                signer,
                key,
                issuer,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, id.toString())),
                KeyPurposeId.id_kp_serverAuth,
                KeyPurposeId.id_kp_clientAuth);
    }

    static CertificateSigner webRoot(CertificateSigner signer, List<String> hosts, PublicKey key) {
        GeneralSubtree[] permitted =
                hosts.stream().map(host -> new GeneralSubtree(constraint(host))).toArray(GeneralSubtree[]::new);
        return identifiers(authority(signer, new BasicConstraints(0)), key, key)
                .extension(Extension.nameConstraints, true, new NameConstraints(permitted, null));
    }

    static CertificateSigner webLeaf(
            CertificateSigner signer, List<String> hosts, PublicKey key, X509Certificate issuer) {
        GeneralName[] names = hosts.stream()
                .map(host -> isAddress(host)
                        ? new GeneralName(GeneralName.iPAddress, new DEROctetString(Addresses.bytes(host)))
                        : new GeneralName(GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        return leaf(signer, key, issuer, new GeneralNames(names), KeyPurposeId.id_kp_serverAuth);
    }

    /** What a root that may sign for {@code host} says. */
    static GeneralName constraint(String host) {
        return isAddress(host)
                ? new GeneralName(GeneralName.iPAddress, new DEROctetString(Addresses.withFullMask(host)))
                : new GeneralName(GeneralName.dNSName, host);
    }

    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static CertificateSigner authority(CertificateSigner signer, BasicConstraints constraints) {
        return signer.extension(Extension.basicConstraints, true, constraints)
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static CertificateSigner leaf(
            CertificateSigner signer,
            PublicKey key,
            X509Certificate issuer,
            GeneralNames names,
            KeyPurposeId... purposes) {
        return identifiers(signer, key, issuer.getPublicKey())
                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))
                // Critical because the subject is empty: names stand here alone.
                .extension(Extension.subjectAlternativeName, true, names);
    }

    private static CertificateSigner identifiers(CertificateSigner signer, PublicKey key, PublicKey issuerKey) {
        try {
            JcaX509ExtensionUtils utilities = new JcaX509ExtensionUtils();
            return signer.extension(Extension.subjectKeyIdentifier, false, utilities.createSubjectKeyIdentifier(key))
                    .extension(
                            Extension.authorityKeyIdentifier, false, utilities.createAuthorityKeyIdentifier(issuerKey));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 for key identifiers", e);
        }
    }

    private static GeneralNames uri(SpiffeId id) {
        return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, id.toString()));
    }
}
