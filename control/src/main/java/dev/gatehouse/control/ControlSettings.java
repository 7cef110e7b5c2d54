package dev.gatehouse.control;

import dev.gatehouse.control.access.AccessSettings;
import dev.gatehouse.control.audit.AuditLimits;
import dev.gatehouse.control.authority.AuthoritySettings;
import dev.gatehouse.core.identity.TrustDomain;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How control is set up.
 *
 * @param trustDomain of the mesh
 * @param hosts names and addresses of the ingress, besides those of its own machine
 * @param keysFolder where the authorities' keys are, mode 0700; made where it is missing
 * @param caFile where the web CA's certificate is written for people, such as {@code ca.pem}
 * @param policyFile the rules' file; empty where they are only in the database
 * @param authority how long certificates count
 * @param access how long tokens count, and what sign-in may cost
 * @param audit how much of the log is kept
 */
public record ControlSettings(
        TrustDomain trustDomain,
        List<String> hosts,
        Path keysFolder,
        Path caFile,
        Optional<Path> policyFile,
        AuthoritySettings authority,
        AccessSettings access,
        AuditLimits audit) {
    public ControlSettings {
        hosts = List.copyOf(hosts);
    }
}
