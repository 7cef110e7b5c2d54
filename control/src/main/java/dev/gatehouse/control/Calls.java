package dev.gatehouse.control;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.proto.FailureMapping;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become the ends of calls. */
final class Calls {
    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    private Calls() {}

    /** Answers a call that has one answer. */
    static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        T reply;
        try {
            reply = work.get();
        } catch (RuntimeException e) {
            fail(observer, e);
            return;
        }
        observer.onNext(reply);
        observer.onCompleted();
    }

    /** Ends a call with what was thrown. */
    static void fail(StreamObserver<?> observer, Throwable thrown) {
        if (!(thrown instanceof FailureException) && !(thrown instanceof StatusRuntimeException)) {
            log.error("a call failed", thrown);
        }
        observer.onError(FailureMapping.toStatus(thrown));
    }
}
