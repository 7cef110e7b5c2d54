package dev.gatehouse.app.role;

import dev.gatehouse.app.data.DataFolder;
import dev.gatehouse.control.Control;
import java.net.URI;

/** What is printed when everything serves: the address on a line of its own, then how to sign in and clone, ready to paste. Never a secret that lasts. */
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
                    + "Try it, in another terminal. git trusts this installation after the first line; the second prints a token,\n"
                    + "which is the password when git asks:\n\n"
                    + "  " + trust
                    + "  ./gatehouse token issue --user alice --data "
                    + quoted(data.root().toString()) + "\n"
                    + "  git clone https://alice@" + url.getAuthority() + "/demo/hello.git\n\n"
                    + "alice may push branches of demo/hello but not main; bob may read; mallory may do nothing.\n"
                    + "The rules are in " + data.policyFile() + ". Stop with Ctrl-C.\n";
        }
        return start + administratorLink(url, control) + "git trusts this installation after:\n\n  " + trust
                + "\nMore: gatehouse --help. Stop with Ctrl-C.\n";
    }

    /** The first administrator's link, new each time; nothing where there is an administrator. */
    static String administratorLink(URI url, Control control) {
        return control.hasAdministrator()
                ? ""
                : "The first administrator makes an account here, once, within 15 minutes:\n\n  " + url + "/-/setup#"
                        + control.administration()
                                .createAdministratorLink(ACTOR)
                                .secret() + "\n\n";
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9/._-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
