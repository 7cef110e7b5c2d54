package dev.gatehouse.control;

import dev.gatehouse.control.access.Access;
import dev.gatehouse.control.access.Account;
import dev.gatehouse.control.access.AdministratorLink;
import dev.gatehouse.control.access.IssuedToken;
import dev.gatehouse.control.access.NewAccount;
import dev.gatehouse.control.authority.AuthoritySettings;
import dev.gatehouse.control.authority.MeshAuthority;
import dev.gatehouse.control.distribution.NodeRegistry;
import dev.gatehouse.control.policy.PolicyChange;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What operators do, each act recorded. Threads: any; all methods block. What cannot be done throws
 * {@link dev.gatehouse.core.cause.FailureException}, and so does what cannot be recorded, before it is done.
 */
public final class Administration {
    private static final Pattern WORKLOAD = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    private final TrustDomain trustDomain;
    private final AuthoritySettings authority;
    private final Access access;
    private final MeshAuthority mesh;
    private final PolicyControl policy;
    private final NodeRegistry nodes;
    private final OperatorLog log;

    Administration(
            TrustDomain trustDomain,
            AuthoritySettings authority,
            Access access,
            MeshAuthority mesh,
            PolicyControl policy,
            NodeRegistry nodes,
            OperatorLog log) {
        this.trustDomain = trustDomain;
        this.authority = authority;
        this.access = access;
        this.mesh = mesh;
        this.policy = policy;
        this.nodes = nodes;
        this.log = log;
    }

    /** The identity of the workload called {@code name}, as rules name it. */
    public SpiffeId workloadId(String name) {
        if (!WORKLOAD.matcher(name).matches()) {
            throw StartCause.WORKLOAD_NAME_INVALID
                    .with("workload", name, "detail", "it must start and end with a letter or digit, 63 at most")
                    .asException();
        }
        return trustDomain.id("/workload/" + name);
    }

    /** A new access token; {@code lifetime} empty for the default. */
    public IssuedToken issueToken(String actor, String user, Optional<Duration> lifetime, String note) {
        return log.recorded(
                actor,
                "token.issue",
                Map.of(
                        "account", user,
                        "lifetime", lifetime.map(Duration::toString).orElse("default"),
                        "note", note),
                () -> access.issueToken(user, lifetime, note),
                token ->
                        Map.of("token", token.id(), "expires", token.expiresAt().toString()));
    }

    /** Revokes a token by its ID. */
    public void revokeToken(String actor, String id) {
        act(actor, "token.revoke", Map.of("token", id), () -> access.revokeToken(id));
    }

    /** Revokes a certificate by its serial number in hex. */
    public void revokeCertificate(String actor, String serial) {
        act(actor, "svid.revoke", Map.of("serial", serial), () -> access.revokeCertificate(serial));
    }

    /** An SVID for a role of this installation, with the key in the request. */
    public IssuedSvid issueRoleSvid(String actor, String role, byte[] csrDer, Optional<Duration> lifetime) {
        SpiffeId id = NodeRole.require(role).id(trustDomain);
        IssuedSvid svid =
                recordedIssue(actor, id, () -> mesh.issue(id, csrDer, lifetime.orElse(authority.leafLifetime())));
        nodes.svidIssued(id, svid.notAfter());
        return svid;
    }

    /** An SVID for a workload, with the key in the request, or where that is empty with one that is made here. */
    public IssuedSvid issueWorkloadSvid(
            String actor, String workload, Optional<byte[]> csrDer, Optional<Duration> lifetime) {
        SpiffeId id = workloadId(workload);
        Duration counted = lifetime.orElse(authority.leafLifetime());
        return recordedIssue(
                actor,
                id,
                () -> csrDer.map(csr -> mesh.issue(id, csr, counted)).orElseGet(() -> mesh.issueWithKey(id, counted)));
    }

    /** Creates an account. */
    public Account addUser(String actor, NewAccount account) {
        return log.recorded(
                actor,
                "account.create",
                Map.of(
                        "account", account.name(),
                        "groups",
                                String.join(
                                        ",", account.groups().stream().sorted().toList()),
                        "administrator", Boolean.toString(account.administrator())),
                () -> access.create(account),
                created -> Map.of("account", created.name()));
    }

    /** Stops an account from signing in, and all its credentials from counting. */
    public void disableUser(String actor, String name) {
        act(actor, "account.disable", Map.of("account", name), () -> access.disable(name));
    }

    /** Lets a disabled account sign in again. */
    public void enableUser(String actor, String name) {
        act(actor, "account.enable", Map.of("account", name), () -> access.enable(name));
    }

    /** Deletes an account; its name stays taken. */
    public void deleteUser(String actor, String name) {
        act(actor, "account.delete", Map.of("account", name), () -> access.delete(name));
    }

    /** A new link for the first administrator; those made before stop counting. */
    public AdministratorLink createAdministratorLink(String actor) {
        return log.recorded(
                actor,
                "administrator-link.create",
                Map.of(),
                access::createAdministratorLink,
                link -> Map.of("expires", link.expiresAt().toString()));
    }

    /** Uses a link up to make an administrator; whoever has the link is the actor. */
    public Account claimAdministrator(String secret, String accountName, String password) {
        return log.recorded(
                "administrator-link",
                "administrator-link.claim",
                Map.of("account", accountName),
                () -> access.claimAdministrator(secret, accountName, password),
                account -> Map.of("account", account.name()));
    }

    /** Brings a text into force as the rules, unless it cannot be used. */
    public PolicyChange setPolicy(String actor, String file, String text) {
        return log.recorded(
                actor, "policy.set", Map.of("file", file), () -> policy.set(file, text), Administration::described);
    }

    /** Brings the rules' file into force, unless it cannot be used or has not changed; recorded only where there is something to say. */
    public Optional<PolicyChange> reloadPolicy(String actor) {
        Optional<PolicyChange> change = policy.reload();
        change.filter(loaded -> !(loaded instanceof PolicyChange.Accepted accepted && !accepted.isNew()))
                .ifPresent(loaded ->
                        log.recorded(actor, "policy.load", Map.of(), () -> loaded, Administration::described));
        return change;
    }

    private IssuedSvid recordedIssue(String actor, SpiffeId id, java.util.function.Supplier<IssuedSvid> work) {
        return log.recorded(
                actor,
                "svid.issue",
                Map.of("identity", id.toString()),
                work,
                svid -> Map.of(
                        "serial", svid.serial(), "expires", svid.notAfter().toString()));
    }

    private void act(String actor, String act, Map<String, String> asked, Runnable work) {
        log.recorded(
                actor,
                act,
                asked,
                () -> {
                    work.run();
                    return asked;
                },
                done -> done);
    }

    private static Map<String, String> described(PolicyChange change) {
        return switch (change) {
            case PolicyChange.Accepted accepted ->
                Map.of("version", accepted.policy().policy().version().toString());
            case PolicyChange.Refused refused ->
                Map.of("refused", refused.failure().message());
        };
    }
}
