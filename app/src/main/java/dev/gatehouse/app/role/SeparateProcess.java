package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.app.transport.ControlServers;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.proxy.transport.EventLoops;
import dev.gatehouse.store.Database;
import java.util.EnumSet;
import java.util.Optional;

/** One role in a process of its own. Started and closed by one thread. */
final class SeparateProcess implements AutoCloseable {
    private final Owned owned = new Owned();
    private final Preparation preparation;
    private final PublicAddress address;
    private final String serving;
    private String administratorLink = "";

    private SeparateProcess(StartPlan plan, Role role) throws Exception {
        boolean complete = false;
        try {
            this.preparation = owned.add(Preparation.of(plan, EnumSet.of(role)));
            this.address = PublicAddress.of(preparation);
            this.serving = switch (role) {
                case CONTROL -> control();
                case FORGE -> forge();
                case SIDECAR -> sidecar();
                case INGRESS -> ingress();
            };
            complete = true;
        } finally {
            if (!complete) {
                owned.close();
            }
        }
    }

    static SeparateProcess start(StartPlan plan, Role role) throws Exception {
        return new SeparateProcess(plan, role);
    }

    /** What to print once it serves. */
    String welcome() {
        return "ready " + serving + "\n" + administratorLink;
    }

    private String control() {
        preparation.writeFirstPolicy(FirstPolicy.EMPTY);
        Endpoint nodes =
                required("control.listen", preparation.configuration().control().listen());
        Endpoint sidecar =
                required("sidecar.listen", preparation.configuration().sidecar().listen());
        Database database = owned.add(Databases.open(preparation));
        ControlRole control = owned.add(ControlRole.start(preparation, database, address.signIn()));
        control.publishRoutes(sidecar);
        control.listenForNodes(nodes);
        administratorLink = Welcome.administratorLink(address.url(), control.control());
        return "control " + nodes;
    }

    private String forge() {
        Database database = owned.add(Databases.open(preparation));
        ControlServers servers = owned.add(new ControlServers());
        owned.add(ForgeRole.start(preparation, remoteNode(Role.FORGE), database, address.url(), servers));
        return "forge unix:" + preparation.runtime().forgeSocket();
    }

    private String sidecar() {
        Endpoint listen = preparation
                .plan()
                .listen()
                .orElseGet(() -> required(
                        "sidecar.listen", preparation.configuration().sidecar().listen()));
        owned.add(SidecarRole.start(preparation, remoteNode(Role.SIDECAR), listen, eventLoops(), address.signIn()));
        return "sidecar " + listen;
    }

    private String ingress() throws Exception {
        owned.add(IngressRole.start(
                preparation, remoteNode(Role.INGRESS), address.listen(), eventLoops(), address.signIn()));
        return address.url().toString();
    }

    private Node remoteNode(Role role) {
        return owned.add(RemoteControl.of(preparation, role)).node();
    }

    private EventLoops eventLoops() {
        return owned.add(EventLoops.create(Runtime.getRuntime().availableProcessors()));
    }

    private static Endpoint required(String key, Optional<Endpoint> endpoint) {
        return endpoint.filter(known -> known.port() != 0)
                .orElseThrow(() -> StartCause.ADDRESS_INVALID
                        .with("address", key, "detail", "where roles run alone, gatehouse.yaml must set it with a port")
                        .asException());
    }

    @Override
    public void close() {
        owned.close();
    }
}
