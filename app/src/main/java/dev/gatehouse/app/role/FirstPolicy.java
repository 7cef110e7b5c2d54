package dev.gatehouse.app.role;

/** The {@code policy.yaml} of a first start. */
final class FirstPolicy {
    private static final String HEAD = """
            # Who may do what. Nothing is allowed that no rule allows, and a rule that forbids goes before every rule that allows.
            # Saved changes are in force within a second; rules that cannot be used are refused, and the old ones stay.
            # Try a question: gatehouse explain --as NAME --do push --repo OWNER/NAME --ref refs/heads/main
            """;

    /** For an installation that begins empty. */
    static final String EMPTY = HEAD + """
            version: 1

            rules:
              # The first administrator may do everything; make narrower rules before others come.
              - id: administrators
                allow: [read, push, force-push, create, delete]
                who: {group: administrators}
                repos: "**"
            """;

    /** For {@code up --demo}. */
    static final String DEMO = HEAD + """
            version: 1

            groups:
              developers: [alice]

            rules:
              - id: developers-push
                allow: [read, push]
                who: {group: developers}
                repos: demo/*

              - id: bob-reads
                allow: read
                who: {user: bob}
                repos: demo/*

              - id: ci-reads
                allow: read
                who: {workload: ci-runner}
                repos: demo/*

              - id: main-is-protected
                forbid: [push, force-push, delete]
                repos: demo/hello
                refs: refs/heads/main
                explain: main changes only by review
                remedy: "push a branch instead: git push origin HEAD:refs/heads/my-change"
            """;

    private FirstPolicy() {}
}
