package dev.gatehouse.app.configuration;

import dev.gatehouse.core.identity.TrustDomain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything that {@code gatehouse.yaml} can say. */
public record Configuration(
        @Key(
                says = "The SPIFFE trust domain of this installation. It is part of every identity: choose it once.",
                standard = "gatehouse.local")
        TrustDomain trustDomain,

        @Key(says = "Where clients arrive (HTTPS). `--listen` goes before it.", standard = "127.0.0.1:8443")
        Endpoint listen,

        @Key(
                says =
                        "The names that clients use. The web certificate is made for them, and the web CA can sign no others.",
                standard = "localhost, 127.0.0.1")
        List<String> hosts,

        @Key(says = "The certificate that clients see, where it is not to come from the web CA in `ca.pem`.")
        WebCertificate webCertificate,

        @Key(says = "The identities of roles and workloads (X.509-SVIDs).")
        Identity identity,

        @Key(says = "Access tokens.") Tokens tokens,
        @Key(says = "The role control.") Control control,
        @Key(says = "The sidecar before the forge.") Sidecar sidecar,

        @Key(
                says =
                        "Further services, each behind a listener of the sidecar. The forge needs no entry: it takes every path that no service takes.")
        List<Service> services,

        @Key(says = "TLS, on all hops.") Tls tls,

        @Key(says = "Where accounts, tokens and the audit log are kept.")
        Database database,

        @Key(says = "The audit journals.") Audit audit,

        @Key(says = "Limits. Each has a cause with its name when it is hit.")
        Limits limits) {

    /** Files for the certificate that clients see. */
    public record WebCertificate(
            @Key(says = "PEM: the certificate, then its intermediates.")
            Optional<Path> certificateFile,

            @Key(says = "PEM: its private key (PKCS#8), readable by this user alone.")
            Optional<Path> keyFile) {}

    /** The lifetimes of identities. */
    public record Identity(
            @Key(says = "How long an identity is good for. It is renewed at half of that.", standard = "24h")
            Duration leafLifetime) {}

    /** Access tokens. */
    public record Tokens(
            @Key(says = "How long a token is good for where nobody says.", standard = "1h")
            Duration lifetime,

            @Key(says = "The longest that may be asked for.", standard = "90d")
            Duration lifetimeMax) {}

    /** The role control. */
    public record Control(
            @Key(
                    says =
                            "Where roles in processes of their own reach control (gRPC over mutual TLS). Without it only `up` can use this control.")
            Optional<Endpoint> listen) {}

    /** The sidecar before the forge. */
    public record Sidecar(
            @Key(
                    says =
                            "Where the ingress reaches it (mutual TLS). Needed where it runs alone; `up` takes a free port on loopback without it.")
            Optional<Endpoint> listen) {}

    /** A service that is not the forge. */
    public record Service(
            @Key(says = "Its name: lower-case letters, digits, dashes.", required = true)
            String name,

            @Key(says = "Requests whose path starts so go there; the longest wins.", required = true)
            String pathPrefix,

            @Key(says = "The application: `http://HOST:PORT` or `unix:PATH`.", required = true)
            Application application,

            @Key(says = "Where the sidecar listens for it (mutual TLS).", required = true)
            Endpoint listen) {}

    /** TLS. */
    public record Tls(
            @Key(says = "`boringssl`, `jdk`, or `auto`: BoringSSL where its library loads.", standard = "auto")
            TlsEngineChoice engine) {}

    /** The database. */
    public record Database(
            @Key(
                    says =
                            "`sqlite` for a file in the data folder, or a PostgreSQL URL: `postgresql://HOST:PORT/NAME?user=USER`.",
                    standard = "sqlite")
            String url,

            @Key(says = "A file with the PostgreSQL password, readable by this user alone.")
            Optional<Path> passwordFile) {}

    /** The audit journals. */
    public record Audit(
            @Key(
                    says =
                            "How much a node keeps of what control has not taken yet. Beyond it Git and changes are refused.",
                    standard = "1GiB")
            ByteSize unshippedBytes,

            @Key(says = "How much a node keeps of what control has taken, for `explain`.", standard = "256MiB")
            ByteSize shippedBytes) {}

    /** Limits. */
    public record Limits(
            @Key(says = "Connections of clients, at once.", standard = "10000")
            int connections,

            @Key(says = "Streams of one HTTP/2 connection, at once.", standard = "128")
            int streams,

            @Key(says = "The request line and headers together.", standard = "32KiB")
            ByteSize requestHeaderBytes,

            @Key(says = "How long the headers of a request may take.", standard = "30s")
            Duration requestHeader,

            @Key(says = "How long a request's body may pause.", standard = "60s")
            Duration bodyIdle,

            @Key(says = "How large a compressed request may become.", standard = "64MiB")
            ByteSize inflatedBytes,

            @Key(says = "Refs in one push.", standard = "20000")
            int pushRefs,

            @Key(says = "Shallow lines of one push: the commits at which a shallow copy ends.", standard = "10000")
            int pushShallow,

            @Key(says = "Push options (`git push -o`) of one push.", standard = "100")
            int pushOptions,

            @Key(says = "What one push says before its pack.", standard = "8MiB")
            ByteSize pushHeadBytes,

            @Key(says = "Objects in the pack of one push; each takes about 100 bytes of the heap.", standard = "20000000")
            int pushObjects,

            @Key(says = "The pack of one push.", standard = "10GiB")
            ByteSize pushBytes,

            @Key(says = "One object, inflated.", standard = "4GiB")
            ByteSize objectBytes,

            @Key(says = "Objects or refs that one fetch wants.", standard = "500000")
            int fetchWants,

            @Key(says = "Objects that one fetch says it has.", standard = "500000")
            int fetchHaves,

            @Key(says = "Prefixes in one question for refs.", standard = "65536")
            int fetchRefPrefixes,

            @Key(says = "All other lines of one fetch.", standard = "65536")
            int fetchArguments,

            @Key(says = "The whole request of one fetch, inflated.", standard = "64MiB")
            ByteSize fetchBodyBytes,

            @Key(says = "Connections to one service, for each event loop.", standard = "1024")
            int upstreamConnections,

            @Key(says = "How long a connection to a service may take.", standard = "5s")
            Duration connect,

            @Key(says = "How long a service may take to begin its answer.", standard = "60s")
            Duration firstByte,

            @Key(says = "How long a transfer may pause, either way.", standard = "60s")
            Duration idle,

            @Key(says = "How old a connection may become; it is closed after the request it carries.", standard = "1h")
            Duration connectionAge,

            @Key(says = "How long running requests may go on when stopping.", standard = "30s")
            Duration drain) {}
}
