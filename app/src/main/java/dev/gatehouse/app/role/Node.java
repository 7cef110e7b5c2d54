package dev.gatehouse.app.role;

import dev.gatehouse.app.agent.CertificateIssuer;
import dev.gatehouse.app.agent.Certified;
import dev.gatehouse.app.agent.NodeAgent;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.spool.RecordEncoding;
import dev.gatehouse.spool.Spool;
import io.grpc.Channel;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What every role stands on: its agent, its journal, its identity.
 *
 * @param agent what it has of control
 * @param journal its own
 * @param identity who it is
 */
record Node(NodeAgent agent, Spool journal, NodeIdentity identity) implements AutoCloseable {
    /** A node in the same process as control, which it reaches over {@code channel}. */
    static Node beside(Preparation preparation, Role role, Channel channel) {
        return start(
                preparation, role, openJournal(preparation, role), NodeAgent.issuerOver(channel), identity -> channel);
    }

    /** A node of its own: the first identity comes from {@code first}, and {@code connect} makes the way to control. */
    static Node alone(
            Preparation preparation,
            Role role,
            CertificateIssuer first,
            Function<Supplier<Certified>, Channel> connect) {
        return start(preparation, role, openJournal(preparation, role), first, connect);
    }

    static Spool openJournal(Preparation preparation, Role role) {
        return Spool.open(
                preparation.data().spool(role),
                RecordEncoding.STANDARD,
                LimitMapping.spool(preparation.configuration().audit()),
                preparation.plan().clock(),
                new SecureRandom());
    }

    static Node start(
            Preparation preparation,
            Role role,
            Spool journal,
            CertificateIssuer first,
            Function<Supplier<Certified>, Channel> connect) {
        boolean started = false;
        try {
            NodeAgent agent = NodeAgent.start(
                    role,
                    preparation.data().node(role),
                    preparation.plan().clock(),
                    new SecureRandom(),
                    first,
                    connect);
            agent.ship(journal);
            Node node = new Node(agent, journal, new NodeIdentity(agent.identity()));
            started = true;
            return node;
        } finally {
            if (!started) {
                journal.close();
            }
        }
    }

    @Override
    public void close() {
        agent.close();
        journal.close();
    }
}
