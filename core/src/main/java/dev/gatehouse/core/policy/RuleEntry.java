package dev.gatehouse.core.policy;

import dev.gatehouse.core.yaml.YamlNode;

/** A compiled rule, and where it stands. */
record RuleEntry(CompiledRule compiled, YamlNode.Mapping node) {}
