package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.identity.AuthorizationHeader;
import dev.gatehouse.proxy.identity.CallerIdentity;
import dev.gatehouse.proxy.identity.ClientCertificateIdentity;
import dev.gatehouse.proxy.identity.IntrospectionCache;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At the edge: who is calling, by client certificate or credential. Both may come, but only for one principal. Nobody goes on to public pages
 * alone. The credential ends here: it is never forwarded.
 */
final class AuthenticateFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticateFilter.class);

    private final Set<String> forges;
    private final IntrospectionCache introspection;
    private final SnapshotSource snapshots;

    /** @param forges the services that have public pages */
    AuthenticateFilter(Set<String> forges, IntrospectionCache introspection, SnapshotSource snapshots) {
        this.forges = Set.copyOf(forges);
        this.introspection = introspection;
        this.snapshots = snapshots;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        HttpHeaders headers = exchange.head().headers();
        AuthorizationHeader header = AuthorizationHeader.parse(headers.getAll(HttpHeaderNames.AUTHORIZATION));
        headers.remove(HttpHeaderNames.AUTHORIZATION);
        Optional<CallerIdentity> shown =
                ClientCertificateIdentity.of(exchange.downstream().peer());
        if (shown.isPresent() && shown.get() instanceof CallerIdentity.Refused refused) {
            exchange.refuse(refused.failure());
            return;
        }
        Optional<Caller> certificate = shown.map(identity -> ((CallerIdentity.Established) identity).caller());
        switch (header) {
            case AuthorizationHeader.Malformed malformed -> exchange.refuse(malformed.failure());
            case AuthorizationHeader.None none -> withoutCredential(exchange, next, certificate);
            case AuthorizationHeader.Presented(Credential credential) -> {
                exchange.awaiting(IdentityCause.IDENTITY_CHECK_UNAVAILABLE.with());
                introspection
                        .introspect(credential, exchange.eventLoop())
                        .thenAccept(answer -> checked(exchange, next, certificate, answer))
                        .whenComplete((done, bug) -> failedIf(bug, exchange));
            }
        }
    }

    private void withoutCredential(Exchange exchange, Next next, Optional<Caller> certificate) {
        if (certificate.isPresent()) {
            admit(exchange, next, certificate.get());
        } else if (isPublic(exchange)) {
            next.proceed();
        } else {
            exchange.refuse(IdentityCause.NO_CREDENTIAL.with());
        }
    }

    private boolean isPublic(Exchange exchange) {
        return forges.contains(Attributes.required(exchange, Clearance.UPSTREAM).service())
                && PublicPages.includes(Attributes.required(exchange, Addressed.ATTRIBUTE));
    }

    private void checked(Exchange exchange, Next next, Optional<Caller> certificate, Introspection answer) {
        switch (answer) {
            case Introspection.Inactive inactive -> exchange.refuse(inactive.failure());
            case Introspection.Active(Caller caller) -> {
                if (certificate.isPresent() && !samePrincipal(certificate.get(), caller)) {
                    exchange.refuse(IdentityCause.TWO_IDENTITIES.with(
                            "certificate",
                            certificate.get().principal().key(),
                            "credential",
                            caller.principal().displayName()));
                } else {
                    admit(exchange, next, certificate.orElse(caller));
                }
            }
        }
    }

    private void admit(Exchange exchange, Next next, Caller caller) {
        if (Callers.admit(exchange, caller, snapshots)) {
            next.proceed();
        }
    }

    private static boolean samePrincipal(Caller a, Caller b) {
        return a.principal().key().equals(b.principal().key());
    }

    /** The chain behind catches what filters throw; what arrives here would be lost otherwise. */
    private static void failedIf(@Nullable Throwable bug, Exchange exchange) {
        if (bug != null) {
            LOG.error("authentication ended with an exception", bug);
            exchange.refuse(TrafficCause.INTERNAL.with("detail", "authentication ended with an exception"));
        }
    }
}
