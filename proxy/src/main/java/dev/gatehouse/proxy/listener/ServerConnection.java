package dev.gatehouse.proxy.listener;

/** An open connection, as the listener sees it. On its event loop. */
interface ServerConnection {
    /** Takes no more requests; closes as soon as nothing is going on. */
    void closeWhenDone();

    /** Closes at once. */
    void closeNow();
}
