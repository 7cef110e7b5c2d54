package dev.gatehouse.core.yaml;

/**
 * One complaint about a text.
 *
 * @param file the file's name, as the reader was told it
 * @param line one-based
 * @param column one-based, in code points
 * @param message one line, without the position; may quote the text, so clean it before it meets a terminal
 */
public record YamlProblem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
