package dev.gatehouse.bench.side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures of one kind for two contenders, taken in turns A B B A so that a drifting machine drifts for both. */
final class Sample {
    private final List<Double> first = new ArrayList<>();
    private final List<Double> second = new ArrayList<>();

    private Sample() {}

    /**
     * Measures {@code rounds} times A B B A.
     *
     * @param warmUpTurns of each, before, and not counted: a JVM is slower until it has compiled what it runs
     */
    static Sample interleaved(
            int warmUpTurns, int rounds, Contender a, Contender b, ToDoubleFunction<Contender> measure) {
        Sample sample = new Sample();
        for (int turn = 0; turn < warmUpTurns; turn++) {
            double uncounted = measure.applyAsDouble(a) + measure.applyAsDouble(b);
            if (Double.isNaN(uncounted)) {
                throw new IllegalStateException("nothing was measured");
            }
        }
        for (int round = 0; round < rounds; round++) {
            sample.first.add(measure.applyAsDouble(a));
            sample.second.add(measure.applyAsDouble(b));
            sample.second.add(measure.applyAsDouble(b));
            sample.first.add(measure.applyAsDouble(a));
        }
        return sample;
    }

    double ratio() {
        return median(first) / median(second);
    }

    /** {@code | what | median (min–max) | median (min–max) | ratio | must | goal |}. */
    String row(String what, String unit, String must, String goal) {
        return "| %s | %s | %s | %s | **%.2f** | %s | %s |"
                .formatted(what, unit, spread(first), spread(second), ratio(), must, goal);
    }

    private static String spread(List<Double> figures) {
        double least = figures.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double most = figures.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return String.format(Locale.ROOT, "%.3g (%.3g–%.3g)", median(figures), least, most);
    }

    private static double median(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
