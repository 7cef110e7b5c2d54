package dev.gatehouse.proto;

import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.proto.v1.PeersEntry;
import dev.gatehouse.proto.v1.PeersResource;
import dev.gatehouse.proto.v1.RevocationsResource;
import dev.gatehouse.proto.v1.RouteEntry;
import dev.gatehouse.proto.v1.RoutesResource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The resources of a snapshot on the wire, except the bundle ({@link CertificateMapping}) and the policy, which travels as its text and is
 * compiled by the node. What cannot be read throws {@link dev.gatehouse.core.cause.FailureException}.
 */
public final class ResourceMapping {
    private ResourceMapping() {}

    /** The routes as a message. */
    public static RoutesResource routesToMessage(List<Route> routes) {
        RoutesResource.Builder message = RoutesResource.newBuilder();
        for (Route route : routes) {
            message.addRoutes(RouteEntry.newBuilder()
                    .setService(route.service())
                    .setPathPrefix(route.pathPrefix())
                    .setHost(route.host())
                    .setPort(route.port())
                    .setSpiffeId(route.identity().toString()));
        }
        return message.build();
    }

    /** The routes in {@code message}. */
    public static List<Route> fromMessage(RoutesResource message) {
        return message.getRoutesList().stream()
                .map(entry -> new Route(
                        entry.getService(),
                        entry.getPathPrefix(),
                        entry.getHost(),
                        entry.getPort(),
                        IdentityMapping.spiffeId(entry.getSpiffeId())))
                .toList();
    }

    /** The peers as a message. */
    public static PeersResource peersToMessage(List<ServicePeers> peers) {
        PeersResource.Builder message = PeersResource.newBuilder();
        for (ServicePeers service : peers) {
            message.addPeers(PeersEntry.newBuilder()
                    .setService(service.service())
                    .addAllCallers(service.callers().stream()
                            .map(SpiffeId::toString)
                            .sorted()
                            .toList()));
        }
        return message.build();
    }

    /** The peers in {@code message}. */
    public static List<ServicePeers> fromMessage(PeersResource message) {
        return message.getPeersList().stream()
                .map(entry -> new ServicePeers(
                        entry.getService(),
                        entry.getCallersList().stream()
                                .map(IdentityMapping::spiffeId)
                                .collect(Collectors.toSet())))
                .toList();
    }

    /** The revocations as a message. */
    public static RevocationsResource toMessage(Revocations revocations) {
        return RevocationsResource.newBuilder()
                .addAllPrincipals(new TreeSet<>(revocations.principals()))
                .addAllCredentials(new TreeSet<>(revocations.credentials()))
                .build();
    }

    /** The revocations in {@code message}. */
    public static Revocations fromMessage(RevocationsResource message) {
        return new Revocations(
                Set.copyOf(message.getPrincipalsList().stream().distinct().toList()),
                Set.copyOf(message.getCredentialsList().stream().distinct().toList()));
    }
}
