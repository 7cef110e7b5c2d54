package dev.gatehouse.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** To write the page anew: {@code ./mvnw -pl core test -Dtest=CataloguePageTest -Dgatehouse.write=true}. */
class CataloguePageTest {
    @Test
    void thePageInTheDocumentationIsTheCatalogue() throws IOException {
        Path page = Path.of(System.getProperty("gatehouse.checkout", ".."), "docs", "causes.md");
        if (Boolean.getBoolean("gatehouse.write")) {
            Files.writeString(page, CataloguePage.markdown());
        }

        assertThat(page).hasContent(CataloguePage.markdown());
    }
}
