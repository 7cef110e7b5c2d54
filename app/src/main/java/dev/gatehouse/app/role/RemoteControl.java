package dev.gatehouse.app.role;

import com.google.protobuf.ByteString;
import dev.gatehouse.app.agent.CertificateIssuer;
import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.app.transport.NodeChannel;
import dev.gatehouse.control.NodeRole;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.v1.IssueSvidForRequest;
import dev.gatehouse.proto.v1.Svid;
import java.util.Optional;

/**
 * Control in another process, for one role: the first identity through the admin socket on this machine, everything after it over mutual TLS.
 *
 * <p>Threads: set up by the starting thread; afterwards handshakes read, on any thread, which bundle to trust: the snapshot's, and before there is
 * one, the bundle that came with the first identity.
 */
final class RemoteControl implements AutoCloseable {
    private final Preparation preparation;
    private final Role role;
    private final Endpoint address;
    private volatile Optional<TrustBundle> first = Optional.empty();
    private volatile Optional<Node> node = Optional.empty();
    private Optional<NodeChannel> channel = Optional.empty();

    private RemoteControl(Preparation preparation, Role role, Endpoint address) {
        this.preparation = preparation;
        this.role = role;
        this.address = address;
    }

    static RemoteControl of(Preparation preparation, Role role) {
        Endpoint address = preparation
                .configuration()
                .control()
                .listen()
                .orElseThrow(() -> StartCause.CONTROL_UNREACHABLE
                        .with(
                                "address",
                                "control.listen",
                                "detail",
                                "gatehouse.yaml does not set it, and " + role.label() + " runs in a process of its own")
                        .asException());
        return new RemoteControl(preparation, role, address);
    }

    /** The role's node, connected to control. */
    Node node() {
        CertificateIssuer throughAdminSocket = der -> {
            try (AdminConnection admin = AdminConnection.open(preparation.data())) {
                IssueSvidForRequest request = IssueSvidForRequest.newBuilder()
                        .setRole(role.label())
                        .setCsrDer(ByteString.copyFrom(der))
                        .build();
                Svid message = admin.call(stub -> stub.issueSvidFor(request));
                IssuedSvid svid = CertificateMapping.fromMessage(message);
                first = Optional.of(new TrustBundle(svid.id().trustDomain(), svid.authorities()));
                return svid.chain();
            }
        };
        Node made = Node.alone(preparation, role, throughAdminSocket, identity -> {
            NodeChannel opened = NodeChannel.open(
                    address,
                    identity,
                    this::bundle,
                    NodeRole.CONTROL.id(preparation.configuration().trustDomain()));
            channel = Optional.of(opened);
            return opened.channel();
        });
        node = Optional.of(made);
        return made;
    }

    private TrustBundle bundle() {
        return node.flatMap(known -> known.agent().bundle())
                .or(() -> first)
                .orElseThrow(() -> StartCause.CONTROL_UNREACHABLE
                        .with("address", address.toString(), "detail", "whom to trust is not known yet")
                        .asException());
    }

    @Override
    public void close() {
        channel.ifPresent(NodeChannel::close);
    }
}
