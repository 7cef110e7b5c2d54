/** Tests of {@code proxy.exchange}, and an exchange to test filters with. */
@NullMarked
package dev.gatehouse.proxy.exchange;

import org.jspecify.annotations.NullMarked;
