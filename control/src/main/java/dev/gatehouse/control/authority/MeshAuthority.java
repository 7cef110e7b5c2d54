package dev.gatehouse.control.authority;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.store.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * The mesh's certificate authority: a root that signs intermediates, and one online intermediate that signs X.509-SVIDs.
 *
 * <p>Design note. Threads: any. {@link #intermediate} is replaced whole under {@link #renewing} once it has lived half its life, and read
 * without a lock otherwise. The root never changes while this runs.
 */
public final class MeshAuthority {
    private static final String ROOT_FILE = "mesh-root.pem";
    private static final String INTERMEDIATE_FILE = "mesh-intermediate.pem";
    private static final int URI_NAME = 6;
    /** X509-SVID, section 2: whoever reads an SVID takes its name from the URI, so the subject is empty. */
    private static final X500Name NO_SUBJECT = new X500Name(new org.bouncycastle.asn1.x500.RDN[0]);

    private final TrustDomain trustDomain;
    private final AuthoritySettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final SigningKey root;
    private final KeyFile intermediateFile;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile SigningKey intermediate;

    private MeshAuthority(
            TrustDomain trustDomain,
            AuthoritySettings settings,
            InstantSource clock,
            SecureRandom random,
            SigningKey root,
            KeyFile intermediateFile) {
        this.trustDomain = trustDomain;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.root = root;
        this.intermediateFile = intermediateFile;
        this.intermediate = intermediateFile.read().map(this::requireOurs).orElseGet(this::renewIntermediate);
    }

    /**
     * Opens the authority whose keys are in {@code keys}, and makes one where there is none.
     *
     * @throws FailureException {@code DATA_UNREADABLE} with the path of what is damaged, foreign, or readable by others
     */
    public static MeshAuthority open(
            Path keys, TrustDomain trustDomain, AuthoritySettings settings, InstantSource clock, SecureRandom random) {
        createPrivately(keys);
        KeyFile rootFile = new KeyFile(keys.resolve(ROOT_FILE));
        KeyFile intermediateFile = new KeyFile(keys.resolve(INTERMEDIATE_FILE));
        SigningKey root = rootFile.read().orElseGet(() -> {
            if (intermediateFile.read().isPresent()) {
                throw rootFile.unreadable("it is missing, though " + INTERMEDIATE_FILE + " is there");
            }
            SigningKey made = makeRoot(trustDomain, settings, clock, random);
            rootFile.write(made);
            return made;
        });
        requireTrustDomain(rootFile, root.certificate(), trustDomain);
        return new MeshAuthority(trustDomain, settings, clock, random, root, intermediateFile);
    }

    static void createPrivately(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(StateFiles.PRIVATE_FOLDER));
        } catch (IOException e) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", folder.toString(), "detail", e.toString())
                    .asException();
        }
    }

    /** What nodes trust. */
    public TrustBundle bundle() {
        return new TrustBundle(trustDomain, List.of(root.certificate()));
    }

    /** When the first of root and intermediate stops counting. */
    public Instant notAfter() {
        Instant rootEnd = root.certificate().getNotAfter().toInstant();
        Instant intermediateEnd = intermediate.certificate().getNotAfter().toInstant();
        return rootEnd.isBefore(intermediateEnd) ? rootEnd : intermediateEnd;
    }

    /**
     * An SVID for {@code id} and the key in the request.
     *
     * @param csrDer PKCS#10 in DER; only its key is taken, after its signature has proved possession
     * @throws FailureException {@code CSR_INVALID}
     */
    public IssuedSvid issue(SpiffeId id, byte[] csrDer) {
        return issue(id, csrDer, settings.leafLifetime());
    }

    /**
     * The same, with a lifetime of its own.
     *
     * @throws FailureException {@code CSR_INVALID}, or {@code LIFETIME_INVALID}
     */
    public IssuedSvid issue(SpiffeId id, byte[] csrDer, Duration lifetime) {
        return sign(id, CertificateRequest.read(csrDer).publicKey(), lifetime, Optional.empty());
    }

    /**
     * An SVID for {@code id} with a key that is made here, for a holder that has none.
     *
     * @throws FailureException {@code LIFETIME_INVALID}
     */
    public IssuedSvid issueWithKey(SpiffeId id, Duration lifetime) {
        KeyPair pair = KeyPairs.generate(random);
        return sign(id, pair.getPublic(), lifetime, Optional.of(pair.getPrivate()));
    }

    private IssuedSvid sign(SpiffeId id, PublicKey key, Duration lifetime, Optional<PrivateKey> privateKey) {
        if (!id.trustDomain().equals(trustDomain) || id.path().isEmpty()) {
            throw new IllegalArgumentException("not an identity of " + trustDomain + ": " + id);
        }
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(settings.leafLifetimeMax()) > 0) {
            throw StartCause.LIFETIME_INVALID
                    .with(
                            "asked",
                            lifetime.toString(),
                            "detail",
                            "the most for an SVID is " + settings.leafLifetimeMax())
                    .asException();
        }
        SigningKey issuer = currentIntermediate();
        Instant now = clock.instant();
        Instant asked = now.plus(lifetime);
        Instant issuerEnd = issuer.certificate().getNotAfter().toInstant();
        CertificateSigner signer = new CertificateSigner(
                subjectOf(issuer),
                NO_SUBJECT,
                key,
                now.minus(settings.notBeforeSkew()),
                asked.isAfter(issuerEnd) ? issuerEnd : asked,
                random);
        X509Certificate leaf =
                Profiles.svid(signer, id, key, issuer.certificate()).sign(issuer.key());
        return new IssuedSvid(id, List.of(leaf, issuer.certificate()), List.of(root.certificate()), privateKey);
    }

    private SigningKey currentIntermediate() {
        SigningKey current = intermediate;
        if (!isDue(current)) {
            return current;
        }
        renewing.lock();
        try {
            if (isDue(intermediate)) {
                intermediate = renewIntermediate();
            }
            return intermediate;
        } finally {
            renewing.unlock();
        }
    }

    private boolean isDue(SigningKey current) {
        Instant from = current.certificate().getNotBefore().toInstant();
        Instant until = current.certificate().getNotAfter().toInstant();
        return clock.instant().isAfter(from.plus(Duration.between(from, until).dividedBy(2)));
    }

    private SigningKey renewIntermediate() {
        KeyPair pair = KeyPairs.generate(random);
        Instant now = clock.instant();
        Instant asked = now.plus(settings.intermediateLifetime());
        Instant rootEnd = root.certificate().getNotAfter().toInstant();
        CertificateSigner signer = new CertificateSigner(
                subjectOf(root),
                Profiles.name(trustDomain + " mesh intermediate"),
                pair.getPublic(),
                now.minus(settings.notBeforeSkew()),
                asked.isAfter(rootEnd) ? rootEnd : asked,
                random);
        SigningKey made = new SigningKey(
                Profiles.meshIntermediate(signer, trustDomain.id(""), pair.getPublic(), root.certificate())
                        .sign(root.key()),
                pair.getPrivate());
        intermediateFile.write(made);
        return made;
    }

    private SigningKey requireOurs(SigningKey found) {
        try {
            found.certificate().verify(root.certificate().getPublicKey());
            return found;
        } catch (GeneralSecurityException e) {
            throw intermediateFile.unreadable("it is not signed by the root in " + ROOT_FILE);
        }
    }

    private static SigningKey makeRoot(
            TrustDomain trustDomain, AuthoritySettings settings, InstantSource clock, SecureRandom random) {
        KeyPair pair = KeyPairs.generate(random);
        Instant now = clock.instant();
        X500Name name = Profiles.name(trustDomain + " mesh root");
        CertificateSigner signer = new CertificateSigner(
                name,
                name,
                pair.getPublic(),
                now.minus(settings.notBeforeSkew()),
                now.plus(settings.rootLifetime()),
                random);
        return new SigningKey(
                Profiles.meshRoot(signer, trustDomain.id(""), pair.getPublic()).sign(pair.getPrivate()),
                pair.getPrivate());
    }

    private static void requireTrustDomain(KeyFile file, X509Certificate certificate, TrustDomain trustDomain) {
        String expected = trustDomain.id("").toString();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null
                    || names.stream()
                            .noneMatch(name -> name.getFirst().equals(URI_NAME) && expected.equals(name.get(1)))) {
                throw file.unreadable("it is the root of another trust domain than the configured " + trustDomain);
            }
        } catch (CertificateParsingException e) {
            throw file.unreadable("its certificate is damaged");
        }
    }

    private static X500Name subjectOf(SigningKey issuer) {
        try {
            return new JcaX509CertificateHolder(issuer.certificate()).getSubject();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of ours cannot be encoded", e);
        }
    }
}
