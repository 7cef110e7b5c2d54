package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.proxy.transport.EventLoops;
import dev.gatehouse.store.Database;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All four roles in one process. The way from the ingress to the sidecar is mutual TLS over a socket on loopback, as between machines. Started and
 * closed by one thread; closed in the reverse order of the start, so that nothing loses what it stands on.
 */
final class OneProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OneProcess.class);
    private static final Endpoint ANY_ON_LOOPBACK = new Endpoint("127.0.0.1", 0);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final PublicAddress address;
    private final Preparation preparation;
    private final ControlRole control;

    private OneProcess(StartPlan plan) throws Exception {
        boolean complete = false;
        try {
            this.preparation = own(Preparation.of(plan, EnumSet.allOf(Role.class)));
            preparation.writeFirstPolicy(plan.demo() ? FirstPolicy.DEMO : FirstPolicy.EMPTY);
            this.address = PublicAddress.of(preparation);
            String signIn = address.signIn();
            Database database = own(Databases.open(preparation));
            EventLoops eventLoops = own(EventLoops.create(Runtime.getRuntime().availableProcessors()));
            this.control = own(ControlRole.start(preparation, database, signIn));
            ForgeRole forge = own(ForgeRole.start(
                    preparation, control.node(Role.FORGE), database, address.url(), control.servers()));
            if (plan.demo()) {
                Demo.seed(control.control(), forge, preparation);
            }
            Endpoint listen = preparation.configuration().sidecar().listen().orElse(ANY_ON_LOOPBACK);
            SidecarRole sidecar =
                    own(SidecarRole.start(preparation, control.node(Role.SIDECAR), listen, eventLoops, signIn));
            control.publishRoutes(sidecar.address(listen));
            own(IngressRole.start(preparation, control.node(Role.INGRESS), address.listen(), eventLoops, signIn));
            complete = true;
        } finally {
            if (!complete) {
                close();
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

    private <T extends AutoCloseable> T own(T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() {
        for (AutoCloseable part = started.poll(); part != null; part = started.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part could not be stopped in order", e);
            }
        }
    }
}
