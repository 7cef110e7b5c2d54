package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.identity.SpiffeId;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Lets a handshake succeed only with an X.509-SVID that is valid and, where asked, named. Carries the cause out of the TLS library. */
final class SvidTrustManager extends X509ExtendedTrustManager {
    private final X509SvidValidator validator;
    private final Supplier<dev.gatehouse.core.snapshot.TrustBundle> bundle;
    private final Function<SpiffeId, Optional<Failure>> admission;

    /** @param admission why a valid identity may still not connect; empty where it may */
    SvidTrustManager(
            X509SvidValidator validator,
            Supplier<dev.gatehouse.core.snapshot.TrustBundle> bundle,
            Function<SpiffeId, Optional<Failure>> admission) {
        this.validator = validator;
        this.bundle = bundle;
        this.admission = admission;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        Optional<Failure> failure = switch (validator.validate(List.of(chain), bundle.get())) {
            case SvidVerdict.Valid valid -> admission.apply(valid.id());
            case SvidVerdict.Invalid invalid -> Optional.of(invalid.failure());
        };
        if (failure.isPresent()) {
            FailureException cause = failure.get().asException();
            throw new CertificateException(cause.getMessage(), cause);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
