package dev.gatehouse.proxy.exchange;

/**
 * Names what one filter leaves for another. Compared by identity: hold it in a constant.
 *
 * @param <T> the type of the value
 */
public final class AttributeName<T> {
    private final String label;

    /** @param label for people to read */
    public AttributeName(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
