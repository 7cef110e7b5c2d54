package dev.gatehouse.app.cli;

import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.NodeStatus;
import dev.gatehouse.proto.v1.StatusReply;
import dev.gatehouse.proto.v1.StatusRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** What runs, and how it is. */
@Command(name = "status", description = "Says what runs, and how it is.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    DataOption data = new DataOption();

    @Mixin
    JsonOption json = new JsonOption();

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        StatusReply status;
        try (AdminConnection control = data.connect(surroundings)) {
            status = control.call(stub -> stub.status(StatusRequest.getDefaultInstance()));
        }
        if (json.wanted) {
            surroundings.out().println(JsonMapper.shared().writeValueAsString(json(status)));
        } else {
            text(status);
        }
        return CommandLines.DONE;
    }

    private void text(StatusReply status) {
        surroundings
                .out()
                .println("trust domain " + status.getTrustDomain() + ", running since "
                        + TimeMapping.fromMessage(status.getStartedAt()) + ", authority good until "
                        + TimeMapping.fromMessage(status.getAuthorityNotAfter()));
        surroundings.out().println("policy " + status.getPolicyNumber());
        for (NodeStatus node : status.getNodesList()) {
            surroundings
                    .out()
                    .println((node.getConnected() ? "connected  " : "lost       ") + node.getSpiffeId()
                            + "  identity until " + TimeMapping.fromMessage(node.getSvidNotAfter())
                            + "  audit stored through "
                            + node.getAuditStoredThrough());
        }
    }

    private static Map<String, Object> json(StatusReply status) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("trustDomain", status.getTrustDomain());
        answer.put("startedAt", TimeMapping.fromMessage(status.getStartedAt()).toString());
        answer.put(
                "authorityNotAfter",
                TimeMapping.fromMessage(status.getAuthorityNotAfter()).toString());
        answer.put("policy", status.getPolicyNumber());
        List<Map<String, Object>> nodes = status.getNodesList().stream()
                .map(node -> Map.<String, Object>of(
                        "spiffeId", node.getSpiffeId(),
                        "connected", node.getConnected(),
                        "lastSeenAt",
                                TimeMapping.fromMessage(node.getLastSeenAt()).toString(),
                        "svidNotAfter",
                                TimeMapping.fromMessage(node.getSvidNotAfter()).toString(),
                        "auditStoredThrough", node.getAuditStoredThrough()))
                .toList();
        answer.put("nodes", nodes);
        return answer;
    }
}
