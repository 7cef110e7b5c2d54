package dev.gatehouse.proxy.answer;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.Answer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A failure for programs: {@code {"code", "message", "remedy", "trace"}}. */
final class FailureJson {
    private FailureJson() {}

    static Answer of(Failure failure, TraceId trace) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", failure.cause().code());
        json.put("message", failure.message());
        json.put("remedy", failure.remedy());
        json.put("trace", trace.toString());
        return Answer.of(
                failure.cause().definition().httpStatus(),
                "application/json",
                (JSONObjectUtils.toJSONString(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
