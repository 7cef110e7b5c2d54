package dev.gatehouse.proxy.exchange;

/**
 * Names what one filter leaves for another. Compared by identity: hold it in a constant.
 *
 * @param <T> the type of the value
 */
public final class AttributeName<T> {
    private final String label;
    private final Class<T> type;

    /**
     * @param label for people to read
     * @param type of the value
     */
    public AttributeName(String label, Class<T> type) {
        this.label = label;
        this.type = type;
    }

    T cast(Object value) {
        return type.cast(value);
    }

    @Override
    public String toString() {
        return label;
    }
}
