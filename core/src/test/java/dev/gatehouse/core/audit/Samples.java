package dev.gatehouse.core.audit;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Causes;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.SpanId;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Random records, the same for the same seed. */
final class Samples {
    private static final String[] WORDS = {
        "", "a", "alice", "läufer", "日本", "\"quoted\\\"", "two words", "💥", "line\nbreak"
    };

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    AuditRecord record() {
        return switch (random.nextInt(5)) {
            case 0 -> request();
            case 1 ->
                new HandshakeRecord(
                        time(), role(), random.nextBoolean(), word(), word(), maybe(this::trace), failure());
            case 2 ->
                new IntentRecord(
                        time(),
                        maybe(this::trace),
                        word(),
                        caller(),
                        repository(),
                        word(),
                        list(() -> new IntentRecord.PermittedUpdate(update(), random.nextBoolean(), rule())),
                        version());
            case 3 ->
                new OutcomeRecord(
                        time(),
                        maybe(this::trace),
                        word(),
                        list(() -> new OutcomeRecord.RefResult(ref(), random.nextBoolean(), word())),
                        random.nextBoolean());
            default -> new OperatorRecord(time(), maybe(this::trace), word(), word(), Map.of("k", word(), "l", word()));
        };
    }

    private RequestRecord request() {
        return new RequestRecord(
                time(),
                role(),
                new TraceContext(trace(), span(), maybe(this::span), maybe(this::trace)),
                maybe(this::caller),
                peer(),
                maybe(this::peer),
                "POST",
                "/" + word(),
                word(),
                maybe(this::repository),
                list(() -> new DecisionSummary(random.nextBoolean(), "push", word(), rule(), version())),
                random.nextInt(600),
                maybe(this::failure),
                random.nextLong(),
                random.nextLong(),
                new RequestRecord.Timing(-1, random.nextLong(), -1, random.nextInt()));
    }

    private Failure failure() {
        List<Cause> all = Causes.all();
        return new Failure(
                all.get(random.nextInt(all.size())),
                Map.of("detail", word(), "limit", "x".repeat(random.nextInt(600))));
    }

    private Caller caller() {
        List<AuthenticationMethod> methods = List.of(AuthenticationMethod.values());
        Principal principal = random.nextBoolean()
                ? new Principal.Person("local", word(), word(), Set.copyOf(list(this::word)))
                : new Principal.Workload(spiffe());
        return new Caller(principal, methods.get(random.nextInt(methods.size())), word(), time());
    }

    private SpiffeId spiffe() {
        return new TrustDomain("example.org").id("/w/" + random.nextInt(100));
    }

    private RefUpdate update() {
        ObjectFormat format = random.nextBoolean() ? ObjectFormat.SHA1 : ObjectFormat.SHA256;
        ObjectId some = new ObjectId(format, "%x".formatted(random.nextInt(16)).repeat(format.hexLength()));
        ObjectId one = new ObjectId(format, "1".repeat(format.hexLength()));
        return new RefUpdate(ref(), some, one);
    }

    private RefName ref() {
        return new RefName("refs/heads/b" + random.nextInt(1000));
    }

    private RepositoryName repository() {
        return new RepositoryName("o" + random.nextInt(9), "r" + random.nextInt(9));
    }

    private RuleReference rule() {
        return new RuleReference(word(), "policy.yaml", random.nextInt(1000));
    }

    private PolicyVersion version() {
        return new PolicyVersion(random.nextInt(1000), "abcdef012345");
    }

    private RequestRecord.Peer peer() {
        return new RequestRecord.Peer(word(), word(), word());
    }

    private TraceId trace() {
        return new TraceId(random.nextLong(), 1 + random.nextInt(1000));
    }

    private SpanId span() {
        return new SpanId(1 + random.nextInt(1000));
    }

    private Role role() {
        List<Role> roles = List.of(Role.values());
        return roles.get(random.nextInt(roles.size()));
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> element) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> element.get())
                .distinct()
                .toList();
    }
}
