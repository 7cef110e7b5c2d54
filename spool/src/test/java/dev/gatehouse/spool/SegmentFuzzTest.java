package dev.gatehouse.spool;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class SegmentFuzzTest {
    @FuzzTest
    void any_file_opens_or_is_refused_as_damaged(byte[] bytes) throws IOException {
        RecoveryTest.openAnything(bytes);
    }
}
