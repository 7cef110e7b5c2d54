/**
 * What a browser sees: the start page, and one page per repository. Called by the forge's router. Must never write text into HTML unescaped, never
 * need a script, and never show by its answer whether a repository exists to one who may not know.
 */
@NullMarked
package dev.gatehouse.forge.page;

import org.jspecify.annotations.NullMarked;
