package dev.gatehouse.control.authority;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.store.StateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web's certificate authority: what developers' machines trust, for the configured hosts and no others. Where a host is configured that its
 * constraints do not cover, a new root takes its place, and {@code ca.pem} has to be given to the machines again. Threads: any.
 */
public final class WebAuthority {
    /** What every installation can be reached at on its own machine. */
    public static final List<String> OWN_HOSTS = List.of("localhost", "127.0.0.1", "::1");

    private static final Logger log = LoggerFactory.getLogger(WebAuthority.class);
    private static final String ROOT_FILE = "web-root.pem";
    private static final int HOSTS_MAX = 100;
    private static final Pattern HOST_NAME = Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    private static final X500Name NO_SUBJECT = new X500Name(new RDN[0]);

    private final List<String> hosts;
    private final AuthoritySettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final SigningKey root;

    private WebAuthority(
            List<String> hosts, AuthoritySettings settings, InstantSource clock, SecureRandom random, SigningKey root) {
        this.hosts = hosts;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.root = root;
    }

    /**
     * Opens the authority whose key is in {@code keys}, makes one where there is none, and writes its certificate to {@code caFile}.
     *
     * @param configuredHosts names and addresses, besides {@link #OWN_HOSTS}
     * @throws FailureException {@code DATA_UNREADABLE} with the path of what is damaged; {@code ADDRESS_INVALID} for a host that is none
     */
    public static WebAuthority open(
            Path keys,
            Path caFile,
            List<String> configuredHosts,
            AuthoritySettings settings,
            InstantSource clock,
            SecureRandom random) {
        MeshAuthority.createPrivately(keys);
        List<String> hosts = canonical(configuredHosts);
        KeyFile file = new KeyFile(keys.resolve(ROOT_FILE));
        SigningKey root = file.read()
                .filter(found -> covers(file, found, hosts))
                .orElseGet(() -> {
                    SigningKey made = makeRoot(hosts, settings, clock, random);
                    file.write(made);
                    return made;
                });
        publish(root, caFile);
        return new WebAuthority(hosts, settings, clock, random, root);
    }

    /** The hosts that its certificates name. */
    public List<String> hosts() {
        return hosts;
    }

    /** The root, as it stands in {@code ca.pem}. */
    public X509Certificate rootCertificate() {
        return root.certificate();
    }

    /**
     * A certificate for all hosts and the key in the request, leaf first, without the root.
     *
     * @throws FailureException {@code CSR_INVALID}
     */
    public List<X509Certificate> issue(byte[] csrDer) {
        return sign(CertificateRequest.read(csrDer).publicKey());
    }

    /** A certificate with a key that is made here, for an ingress in this process. */
    public WebIdentity issueWithKey() {
        KeyPair pair = KeyPairs.generate(random);
        return new WebIdentity(sign(pair.getPublic()), pair.getPrivate());
    }

    private List<X509Certificate> sign(PublicKey key) {
        Instant now = clock.instant();
        Instant asked = now.plus(settings.webLeafLifetime());
        Instant rootEnd = root.certificate().getNotAfter().toInstant();
        CertificateSigner signer = new CertificateSigner(
                holder(root).getSubject(),
                NO_SUBJECT,
                key,
                now.minus(settings.notBeforeSkew()),
                asked.isAfter(rootEnd) ? rootEnd : asked,
                random);
        return List.of(Profiles.webLeaf(signer, hosts, key, root.certificate()).sign(root.key()));
    }

    private static SigningKey makeRoot(
            List<String> hosts, AuthoritySettings settings, InstantSource clock, SecureRandom random) {
        KeyPair pair = KeyPairs.generate(random);
        Instant now = clock.instant();
        X500Name name = Profiles.name("Gatehouse web CA for " + nameOf(hosts));
        CertificateSigner signer = new CertificateSigner(
                name,
                name,
                pair.getPublic(),
                now.minus(settings.notBeforeSkew()),
                now.plus(settings.rootLifetime()),
                random);
        return new SigningKey(
                Profiles.webRoot(signer, hosts, pair.getPublic()).sign(pair.getPrivate()), pair.getPrivate());
    }

    /** What people look for in a list of authorities: the first configured name; names of this machine alone where there is no other. */
    private static String nameOf(List<String> hosts) {
        return hosts.stream()
                .filter(host -> !OWN_HOSTS.contains(host) && !Profiles.isAddress(host))
                .findFirst()
                .orElse(OWN_HOSTS.getFirst());
    }

    private static boolean covers(KeyFile file, SigningKey found, List<String> hosts) {
        Extension extension = holder(found).getExtension(Extension.nameConstraints);
        if (extension == null) {
            throw file.unreadable("its certificate has no name constraints, so it is not the web CA");
        }
        Set<GeneralName> permitted = new HashSet<>();
        for (GeneralSubtree subtree :
                NameConstraints.getInstance(extension.getParsedValue()).getPermittedSubtrees()) {
            permitted.add(subtree.getBase());
        }
        for (String host : hosts) {
            if (!permitted.contains(Profiles.constraint(host))) {
                log.warn("the web CA does not cover {}: a new one is made, and ca.pem has to be installed again", host);
                file.archive(found);
                return false;
            }
        }
        return true;
    }

    private static void publish(SigningKey root, Path caFile) {
        try {
            byte[] pem =
                    Pem.encode("CERTIFICATE", root.certificate().getEncoded()).getBytes(StandardCharsets.US_ASCII);
            if (!Files.exists(caFile) || !java.util.Arrays.equals(Files.readAllBytes(caFile), pem)) {
                StateFiles.replace(caFile, pem, StateFiles.PUBLIC);
            }
        } catch (IOException | CertificateEncodingException e) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", caFile.toString(), "detail", e.toString())
                    .asException();
        }
    }

    private static List<String> canonical(List<String> configured) {
        Set<String> hosts = new LinkedHashSet<>(OWN_HOSTS);
        for (String host : configured) {
            String lower = host.toLowerCase(Locale.ROOT);
            if (!isHost(lower)) {
                throw StartCause.ADDRESS_INVALID
                        .with("address", host, "detail", "it is neither a host name nor an IP address")
                        .asException();
            }
            hosts.add(lower);
        }
        if (hosts.size() > HOSTS_MAX) {
            throw StartCause.ADDRESS_INVALID
                    .with("address", configured.getLast(), "detail", "there are more than " + HOSTS_MAX + " hosts")
                    .asException();
        }
        return List.copyOf(hosts);
    }

    private static boolean isHost(String host) {
        if (!Profiles.isAddress(host)) {
            return HOST_NAME.matcher(host).matches();
        }
        try {
            return Addresses.bytes(host).length > 0;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static JcaX509CertificateHolder holder(SigningKey signingKey) {
        try {
            return new JcaX509CertificateHolder(signingKey.certificate());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of ours cannot be encoded", e);
        }
    }
}
