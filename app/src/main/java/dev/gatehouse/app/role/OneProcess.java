package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.control.Administration;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.proxy.transport.EventLoops;
import dev.gatehouse.store.Database;
import java.nio.file.Path;
import java.util.EnumSet;

/**
 * All four roles in one process. The way from the ingress to the sidecar is mutual TLS over a socket on loopback, as between machines. Started and
 * closed by one thread; closed in the reverse order of the start, so that nothing loses what it stands on.
 */
final class OneProcess implements AutoCloseable {
    private static final Endpoint ANY_ON_LOOPBACK = new Endpoint("127.0.0.1", 0);

    private final Owned owned = new Owned();
    private final PublicAddress address;
    private final Preparation preparation;
    private final ControlRole control;

    private OneProcess(StartPlan plan) throws Exception {
        boolean complete = false;
        try {
            this.preparation = owned.add(Preparation.of(plan, EnumSet.allOf(Role.class)));
            preparation.writeFirstPolicy(plan.demo() ? FirstPolicy.DEMO : FirstPolicy.EMPTY);
            this.address = PublicAddress.of(preparation);
            String signIn = address.signIn();
            Database database = owned.add(Databases.open(preparation));
            EventLoops eventLoops =
                    owned.add(EventLoops.create(Runtime.getRuntime().availableProcessors()));
            this.control = owned.add(ControlRole.start(preparation, database, signIn));
            ForgeRole forge = owned.add(
                    ForgeRole.start(preparation, control.node(Role.FORGE), database, address.url(), control.servers()));
            if (plan.demo()) {
                Demo.seed(control.control(), forge, preparation);
            }
            Endpoint listen = preparation.configuration().sidecar().listen().orElse(ANY_ON_LOOPBACK);
            SidecarRole sidecar =
                    owned.add(SidecarRole.start(preparation, control.node(Role.SIDECAR), listen, eventLoops, signIn));
            control.publishRoutes(sidecar.address(listen));
            preparation.configuration().control().listen().ifPresent(control::listenForNodes);
            owned.add(IngressRole.start(preparation, control.node(Role.INGRESS), address.listen(), eventLoops, signIn));
            complete = true;
        } finally {
            if (!complete) {
                owned.close();
            }
        }
    }

    static OneProcess start(StartPlan plan) throws Exception {
        return new OneProcess(plan);
    }

    /** What to print once everything serves. */
    String welcome() {
        return Welcome.text(preparation, address, control.control());
    }

    PublicAddress address() {
        return address;
    }

    /** What clients trust. */
    Path webAuthority() {
        return preparation.data().webAuthorityFile();
    }

    /** What operators can do. */
    Administration administration() {
        return control.control().administration();
    }

    @Override
    public void close() {
        owned.close();
    }
}
