package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link Who}, ready to be asked. Local groups are resolved to their members. Persons are kept by subject and issuer apart, because joining
 * them to a key for each question would allocate.
 */
final class WhoMatcher {
    private final boolean anyone;
    /** Issuers by subject. */
    private final Map<String, Set<String>> persons = new HashMap<>();

    private final Set<String> groups;
    private final Set<SpiffeId> workloads;
    private final boolean hasUnknownGroups;

    /** @param localGroups the members of each local group, as keys of persons */
    WhoMatcher(Who who, Map<String, List<String>> localGroups) {
        this.anyone = who.anyone();
        this.groups = Set.copyOf(who.groups());
        this.workloads = Set.copyOf(who.workloads());
        who.users().forEach(this::addPerson);
        boolean unknown = false;
        for (String group : groups) {
            List<String> members = localGroups.get(group);
            if (members == null) {
                unknown = true;
            } else {
                members.forEach(this::addPerson);
            }
        }
        this.hasUnknownGroups = unknown;
    }

    private void addPerson(String key) {
        int bar = key.indexOf('|');
        persons.computeIfAbsent(key.substring(bar + 1), subject -> new HashSet<>())
                .add(key.substring(0, bar));
    }

    boolean matches(Principal principal) {
        return anyone
                || switch (principal) {
                    case Principal.Person person -> matchesPerson(person);
                    case Principal.Workload workload -> workloads.contains(workload.id());
                };
    }

    private boolean matchesPerson(Principal.Person person) {
        Set<String> issuers = persons.get(person.subject());
        if (issuers != null && issuers.contains(person.issuer())) {
            return true;
        }
        for (String group : groups) {
            if (person.groups().contains(group)) {
                return true;
            }
        }
        return false;
    }

    /** Whether everyone that {@code other} matches is matched by this one too; may say no where it is so, never yes where it is not. */
    boolean covers(WhoMatcher other) {
        if (anyone) {
            return true;
        }
        // Cheap and mostly decisive: the check of all rules against all others stands on it.
        if (other.anyone
                || workloads.size() < other.workloads.size()
                || groups.size() < other.groups.size()
                || persons.size() < other.persons.size()) {
            return false;
        }
        for (Map.Entry<String, Set<String>> entry : other.persons.entrySet()) {
            if (!persons.getOrDefault(entry.getKey(), Set.of()).containsAll(entry.getValue())) {
                return false;
            }
        }
        return workloads.containsAll(other.workloads) && groups.containsAll(other.groups);
    }

    /** Whether there can be anybody that it matches. A group that is not local may have members that the policy does not know. */
    boolean canMatch() {
        return anyone || !persons.isEmpty() || !workloads.isEmpty() || hasUnknownGroups;
    }

    boolean anyone() {
        return anyone;
    }

    Set<String> subjects() {
        return persons.keySet();
    }

    Set<String> groups() {
        return groups;
    }

    Set<SpiffeId> workloads() {
        return workloads;
    }
}
