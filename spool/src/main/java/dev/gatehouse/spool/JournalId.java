package dev.gatehouse.spool;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What tells one journal from another: 16 random bytes, given when its first segment is made. */
record JournalId(long high, long low) {
    static JournalId random(RandomGenerator random) {
        return new JournalId(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
