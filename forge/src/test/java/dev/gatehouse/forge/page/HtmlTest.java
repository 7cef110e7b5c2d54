package dev.gatehouse.forge.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void values_are_escaped_and_html_is_not() {
        Html inner = Html.of("<b>{}</b>", "a<b>&\"'");
        assertThat(Html.of("<p title=\"{}\">{}</p>", "\"x", inner).source())
                .isEqualTo("<p title=\"&quot;x\"><b>a&lt;b&gt;&amp;&quot;&#39;</b></p>");
        assertThat(Html.join(List.of(inner, Html.NOTHING)).source()).isEqualTo(inner.source());
    }

    @Test
    void a_value_that_looks_like_a_place_is_not_one() {
        assertThat(Html.of("{}-{}", "{}", "b").source()).isEqualTo("{}-b");
    }

    @Test
    void places_and_values_must_match() {
        assertThatThrownBy(() -> Html.of("{}")).hasMessageStartingWith("fewer values");
        assertThatThrownBy(() -> Html.of("", "a")).hasMessageStartingWith("more values");
    }

    @Test
    void no_text_at_all_can_open_a_tag_or_end_an_attribute() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append("<>&\"'{}a\u202e\ud800".charAt(random.nextInt(10)));
            }
            assertThat(Html.of("{}", text).source()).doesNotContain("<", ">", "\"", "'");
        }
    }
}
