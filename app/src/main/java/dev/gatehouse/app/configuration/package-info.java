/**
 * The configuration: {@code gatehouse.yaml} as typed records, their defaults and the page that lists them.
 *
 * <p>Door: {@link dev.gatehouse.app.configuration.ConfigurationFile}. Called by the commands. The records are the only definition of the keys:
 * reader, first file, page and test are all made from them. It must never touch the network, nor start anything.
 */
@NullMarked
package dev.gatehouse.app.configuration;

import org.jspecify.annotations.NullMarked;
