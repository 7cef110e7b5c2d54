package dev.gatehouse.core.yaml;

import java.util.List;

/** Writes sizes as they are read: the largest unit that keeps them whole. */
final class SizeText {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int STEP = 1024;

    private SizeText() {}

    static String of(long bytes) {
        long number = bytes;
        int unit = 0;
        while (number != 0 && number % STEP == 0 && unit < UNITS.size() - 1) {
            number /= STEP;
            unit++;
        }
        return number + UNITS.get(unit);
    }
}
