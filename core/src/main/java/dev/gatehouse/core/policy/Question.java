package dev.gatehouse.core.policy;

import dev.gatehouse.core.repository.RepositoryName;

/** What is asked, without by whom. Short-lived: the compiler keeps it off the heap. */
sealed interface Question {
    /** Whether {@code rule} is about this action on this resource. */
    boolean isAnsweredBy(CompiledRule rule);

    /** An action on a repository. */
    sealed interface OnRepository extends Question {
        RepositoryName repository();
    }

    /** An action on the repository as a whole. */
    record Whole(Action action, RepositoryName repository) implements OnRepository {
        @Override
        public boolean isAnsweredBy(CompiledRule rule) {
            return rule.isAbout(action) && rule.namesNoRefs() && rule.isAbout(repository);
        }
    }

    /** An action on one ref. */
    record OneRef(Action action, RepositoryName repository, String ref) implements OnRepository {
        @Override
        public boolean isAnsweredBy(CompiledRule rule) {
            return rule.isAbout(action) && rule.isAbout(repository) && rule.isAboutRef(ref);
        }
    }

    /** An action on whichever ref: answered by rules that are about any. */
    record AnyRef(Action action, RepositoryName repository) implements OnRepository {
        @Override
        public boolean isAnsweredBy(CompiledRule rule) {
            return rule.isAbout(action) && rule.isAbout(repository);
        }
    }

    /** An action on every ref: answered by rules that leave none out. */
    record EveryRef(Action action, RepositoryName repository) implements OnRepository {
        @Override
        public boolean isAnsweredBy(CompiledRule rule) {
            return rule.isAbout(action) && rule.isAbout(repository) && rule.isAboutAllRefs();
        }
    }

    /** A request to a service. */
    record OfService(Action action, String service) implements Question {
        @Override
        public boolean isAnsweredBy(CompiledRule rule) {
            return rule.isAbout(action) && rule.isAboutService(service);
        }
    }
}
