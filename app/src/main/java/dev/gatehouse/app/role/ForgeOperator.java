package dev.gatehouse.app.role;

import dev.gatehouse.app.data.DataFolder;
import dev.gatehouse.core.repository.RepositoryName;

/** draft */
public final class ForgeOperator {
    private ForgeOperator() {}

    public static ForgeOperator of(DataFolder data) {
        return new ForgeOperator();
    }

    public void create(RepositoryName name) {}
}
