package dev.gatehouse.app.cli;

import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.MaintainReply;
import dev.gatehouse.proto.v1.RepositoryStorage;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tidies one repository now, where the background would do it later. */
@Command(
        name = "maintain",
        description = "Tidies a repository now: one pack with bitmaps. Says what there was before and is after.",
        mixinStandardHelpOptions = true)
final class RepositoryMaintainCommand implements Callable<Integer> {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private final Surroundings surroundings;

    @Mixin
    DataOption data = new DataOption();

    @Parameters(paramLabel = "OWNER/NAME", description = "The repository.")
    String name = "";

    RepositoryMaintainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        RepositoryName repository = RepositoryCommand.parse(name);
        try (AdminConnection forge = AdminConnection.openForge(data.folder(surroundings))) {
            MaintainReply reply = forge.maintain(repository);
            RepositoryStorage after = reply.getAfter();
            double seconds =
                    TimeMapping.fromMessage(after.getLastMaintenanceTook()).toMillis() / MILLIS_PER_SECOND;
            surroundings
                    .out()
                    .println(repository + ": " + described(reply.getBefore()) + " before, " + described(after)
                            + " now, in " + String.format(Locale.ROOT, "%.1f", seconds) + " s");
        }
        return CommandLines.DONE;
    }

    static String described(RepositoryStorage storage) {
        if (storage.getPacks() == 0 && storage.getLooseObjects() == 0) {
            return "empty";
        }
        String loose = storage.getLooseObjects() == 0 ? "" : ", " + storage.getLooseObjects() + " loose objects";
        return storage.getPacks()
                + (storage.getPacks() == 1 ? " pack" : " packs")
                + loose
                + (storage.getHasBitmap() ? " with bitmaps" : " without bitmaps");
    }
}
