package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.core.git.PushHead;

/** Decides on one push. One of its methods is called, once, on the exchange's event loop, before a byte of the push has passed. */
public interface PushJudge {
    /** The push names these refs. Whether it may pass; where not, the judge has ended the exchange. */
    boolean mayPass(PushHead head);

    /** The push names no ref, and is over. The judge ends the exchange. */
    void probed();

    /** The push cannot be taken, and {@code phase} says how the client can be told. The judge ends the exchange. */
    void malformed(Failure failure, GitPhase phase);
}
