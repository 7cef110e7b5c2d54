package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.SpiffeId;
import java.util.ArrayList;
import java.util.List;

/**
 * The principals that a rule is about: any of those named.
 *
 * @param anyone every principal, whoever it is; the rest is empty then
 * @param users keys of persons, as {@code issuer|subject}
 * @param groups names of groups, of an issuer or local ones of the policy
 * @param workloads SPIFFE IDs
 */
public record Who(boolean anyone, List<String> users, List<String> groups, List<SpiffeId> workloads) {
    public Who {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        workloads = List.copyOf(workloads);
    }

    /** Every principal. */
    public static Who everyone() {
        return new Who(true, List.of(), List.of(), List.of());
    }

    /** For people to read, such as {@code user local|alice, group maintainers}. */
    @Override
    public String toString() {
        if (anyone) {
            return "anyone";
        }
        List<String> parts = new ArrayList<>();
        users.forEach(user -> parts.add("user " + user));
        groups.forEach(group -> parts.add("group " + group));
        workloads.forEach(workload -> parts.add("workload " + workload));
        return String.join(", ", parts);
    }
}
