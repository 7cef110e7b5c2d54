/** Tests of {@code proxy.answer}. */
@NullMarked
package dev.gatehouse.proxy.answer;

import org.jspecify.annotations.NullMarked;
