package dev.gatehouse.app.cli;

import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.NodeStatus;
import dev.gatehouse.proto.v1.RepositoryStorage;
import dev.gatehouse.proto.v1.StatusReply;
import dev.gatehouse.proto.v1.StatusRequest;
import dev.gatehouse.proto.v1.StorageReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Optional<StorageReply> storage = storage();
        if (json.wanted) {
            Map<String, Object> answer = json(status);
            storage.ifPresent(known -> answer.put("forge", json(known)));
            surroundings.out().println(JsonMapper.shared().writeValueAsString(answer));
        } else {
            text(status);
            storage.ifPresent(this::text);
        }
        return CommandLines.DONE;
    }

    /** Empty where the forge runs on another machine, or not at all. */
    private Optional<StorageReply> storage() {
        try (AdminConnection forge = AdminConnection.openForge(data.folder(surroundings))) {
            return Optional.of(forge.storage());
        } catch (FailureException failed) {
            if (failed.failure().cause() == StartCause.NOT_RUNNING) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private void text(StorageReply storage) {
        surroundings
                .out()
                .println("forge journal " + (storage.getJournalAccepting() ? "accepts records" : "REFUSES RECORDS")
                        + ", " + storage.getJournalUnshippedBytes() + " bytes not yet at control");
        for (RepositoryStorage repository : storage.getRepositoriesList()) {
            surroundings
                    .out()
                    .println("repository " + repository.getName() + "  "
                            + RepositoryMaintainCommand.described(repository) + "  "
                            + (repository.hasLastMaintenanceAt()
                                    ? "tidied " + TimeMapping.fromMessage(repository.getLastMaintenanceAt())
                                    : "not tidied since the start")
                            + (repository.getFailedMaintenances() > 0
                                    ? "  failed " + repository.getFailedMaintenances() + " times"
                                    : ""));
        }
    }

    private static Map<String, Object> json(StorageReply storage) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("journalAccepting", storage.getJournalAccepting());
        answer.put("journalUnshippedBytes", storage.getJournalUnshippedBytes());
        answer.put(
                "repositories",
                storage.getRepositoriesList().stream().map(StatusCommand::json).toList());
        return answer;
    }

    private static Map<String, Object> json(RepositoryStorage repository) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", repository.getName());
        answer.put("packs", repository.getPacks());
        answer.put("looseObjects", repository.getLooseObjects());
        answer.put("hasBitmap", repository.getHasBitmap());
        if (repository.hasLastMaintenanceAt()) {
            answer.put(
                    "lastMaintenanceAt",
                    TimeMapping.fromMessage(repository.getLastMaintenanceAt()).toString());
            answer.put(
                    "lastMaintenanceMillis",
                    TimeMapping.fromMessage(repository.getLastMaintenanceTook()).toMillis());
        }
        answer.put("failedMaintenances", repository.getFailedMaintenances());
        return answer;
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
