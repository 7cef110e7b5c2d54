package dev.gatehouse.app.role;

import dev.gatehouse.app.data.DataFolder;
import dev.gatehouse.control.Control;
import java.net.URI;

/** What {@code up} prints when everything serves: the address on a line of its own, then how to sign in and clone, ready to paste. */
final class Welcome {
    private static final String ACTOR = "first start";

    private Welcome() {}

    static String text(Preparation preparation, PublicAddress address, Control control) {
        DataFolder data = preparation.data();
        URI url = address.url();
        String start = "ready " + url + "\n\n";
        String trust = "git config --global http." + url + "/.sslCAInfo "
                + quoted(data.webAuthorityFile().toString()) + "\n";
        if (preparation.plan().demo()) {
            return start
                    + "Try it, in another terminal. The first line makes git trust this installation, the second asks for a token:\n\n"
                    + "  " + trust
                    + "  token=$(./gatehouse token issue --user alice --data "
                    + quoted(data.root().toString()) + ")\n"
                    + "  git clone https://alice:$token@" + url.getAuthority() + "/demo/hello.git\n\n"
                    + "alice may push branches of demo/hello but not main; bob may read; mallory may do nothing.\n"
                    + "The rules are in " + data.policyFile() + ". Stop with Ctrl-C.\n";
        }
        String administrator = control.hasAdministrator()
                ? ""
                : "The first administrator signs in here, once:\n\n  " + url + "/-/setup#"
                        + control.administration()
                                .createAdministratorLink(ACTOR)
                                .secret() + "\n\n";
        return start + administrator + "git trusts this installation after:\n\n  " + trust
                + "\nMore: gatehouse --help. Stop with Ctrl-C.\n";
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9/._-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
