package dev.gatehouse.app.cli;

import dev.gatehouse.app.agent.PortableKey;
import dev.gatehouse.app.data.PrivateFiles;
import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.IssueSvidForRequest;
import dev.gatehouse.proto.v1.Svid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Identities of workloads. */
@Command(
        name = "svid",
        description = "Issues identities to workloads.",
        mixinStandardHelpOptions = true,
        subcommands = SvidCommand.Issue.class)
final class SvidCommand extends CommandGroup {
    private static final int PEM_LINE_LENGTH = 64;

    /** Writes certificate, key and bundle as PEM files. */
    @Command(
            name = "issue",
            description = "Writes certificate.pem, key.pem and bundle.pem of a workload's identity into a folder.",
            mixinStandardHelpOptions = true)
    static final class Issue implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Option(names = "--workload", paramLabel = "NAME", required = true, description = "Such as ci-runner.")
        String workload = "";

        @Option(
                names = "--out",
                paramLabel = "DIR",
                required = true,
                description = "Where the files go; made if needed.")
        Path folder = Path.of("");

        @Option(
                names = "--ttl",
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "How long it is good for. Default: identity.leaf-lifetime.")
        Optional<Duration> lifetime = Optional.empty();

        Issue(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            IssueSvidForRequest.Builder request =
                    IssueSvidForRequest.newBuilder().setWorkload(workload);
            lifetime.ifPresent(wanted -> request.setLifetime(TimeMapping.toMessage(wanted)));
            Svid svid;
            try (AdminConnection control = data.connect(surroundings)) {
                svid = control.call(stub -> stub.issueSvidFor(request.build()));
            }
            Path out = surroundings.workingFolder().resolve(folder);
            PrivateFiles.createFolder(out);
            write(
                    out.resolve("certificate.pem"),
                    "CERTIFICATE",
                    svid.getChainDerList().stream()
                            .map(der -> der.toByteArray())
                            .toList());
            write(
                    out.resolve("bundle.pem"),
                    "CERTIFICATE",
                    svid.getBundleDerList().stream()
                            .map(der -> der.toByteArray())
                            .toList());
            write(
                    out.resolve("key.pem"),
                    "PRIVATE KEY",
                    List.of(PortableKey.withPublicHalf(
                            svid.getPrivateKeyPkcs8Der().toByteArray(),
                            CertificateMapping.fromMessage(svid).chain().get(0).getPublicKey())));
            surroundings
                    .err()
                    .println(svid.getSpiffeId() + ", good until " + TimeMapping.fromMessage(svid.getNotAfter())
                            + ", in " + out.normalize());
            return CommandLines.DONE;
        }

        private static void write(Path file, String label, List<byte[]> items) {
            StringBuilder pem = new StringBuilder();
            Base64.Encoder encoder = Base64.getMimeEncoder(PEM_LINE_LENGTH, new byte[] {'\n'});
            for (byte[] item : items) {
                pem.append("-----BEGIN ").append(label).append("-----\n");
                pem.append(encoder.encodeToString(item)).append('\n');
                pem.append("-----END ").append(label).append("-----\n");
            }
            PrivateFiles.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
