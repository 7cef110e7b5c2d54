/**
 * The agent: what a node has of control. It keeps the node's identity fresh, follows the resources, asks what credentials are worth, and ships
 * the audit journal. Door: {@link dev.gatehouse.app.agent.NodeAgent}.
 *
 * <p>Called by what starts a role. A node that loses control keeps what it has, and says so. The agent must never decide about access, nor
 * invent a resource that control did not send.
 */
@NullMarked
package dev.gatehouse.app.agent;

import org.jspecify.annotations.NullMarked;
