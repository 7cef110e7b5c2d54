package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.cause.FailureException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresqlDatabaseTest extends DatabaseContract {
    private TemporaryPostgresql server = TemporaryPostgresql.start();

    @BeforeAll
    void isUp() {
        server.newDatabase().close();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    Database open() {
        return server.newDatabase();
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutSecrets() {
        assertThatThrownBy(
                        () -> Database.postgresql("jdbc:postgresql://127.0.0.1:1/x?sslpassword=hidden", "me", "secret"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x")
                .hasMessageNotContaining("hidden");
    }
}
