/**
 * What a browser sees: the start page, one page per repository, and the page where the first administrator's link leads. Called by the forge's
 * router. Must never write text into HTML unescaped, never need a script, never show by its answer whether a repository exists to one who may not
 * know, and never log what a form brings.
 */
@NullMarked
package dev.gatehouse.forge.page;

import org.jspecify.annotations.NullMarked;
