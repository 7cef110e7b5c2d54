package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.git.FailureText;
import dev.gatehouse.core.git.PushCapabilities;
import dev.gatehouse.core.git.ReportStatus;
import dev.gatehouse.core.trace.TraceId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The answer of a push: each different refusal in words, then what became of every ref. */
final class PushAnswer {
    private static final int EXPLAINED_MAX = 5;

    private PushAnswer() {}

    /** @param failure why the pack could not be taken; then no ref moved */
    static byte[] of(
            PushCapabilities capabilities, List<PushCommand> commands, Optional<Failure> failure, TraceId trace) {
        ReportStatus report = new ReportStatus(capabilities);
        failure.ifPresent(why -> report.unpackFailed(FailureText.oneLine(why)));
        Set<Failure> different = new LinkedHashSet<>();
        failure.ifPresent(different::add);
        for (PushCommand command : commands) {
            command.failure().ifPresent(different::add);
        }
        different.stream()
                .limit(EXPLAINED_MAX)
                .flatMap(why -> FailureText.lines(why, Optional.empty()).stream())
                .forEach(report::progress);
        if (!different.isEmpty()) {
            report.progress("trace " + trace);
        }
        for (PushCommand command : commands) {
            command.failure()
                    .or(() -> failure)
                    .ifPresentOrElse(
                            why -> report.rejected(command.update().ref(), FailureText.oneLine(why)),
                            () -> report.ok(command.update().ref()));
        }
        return report.toBytes();
    }
}
