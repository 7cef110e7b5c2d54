package dev.gatehouse.core.policy;

import java.util.List;

/** The actions that can be done to a ref. */
final class RefActions {
    static final List<Action> ALL = List.of(Action.PUSH, Action.FORCE_PUSH, Action.DELETE);

    private RefActions() {}
}
