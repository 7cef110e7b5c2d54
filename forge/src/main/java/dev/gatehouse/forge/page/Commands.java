package dev.gatehouse.forge.page;

import dev.gatehouse.core.repository.RepositoryName;
import java.util.Optional;

/** What people are told to type, for one public address. A click selects a command whole, without a script. */
final class Commands {
    private final String publicUrl;

    /** @param publicUrl what addresses begin with, without a slash at its end */
    Commands(String publicUrl) {
        this.publicUrl = publicUrl;
    }

    static Html command(String text) {
        return Html.of("<pre><code>{}</code></pre>\n", text);
    }

    Html cloning(String path) {
        return command("git clone " + publicUrl + path);
    }

    /** How to get a credential and use it; {@code repository} is where somebody wants to go. */
    Html signIn(Optional<RepositoryName> repository) {
        String path = repository.map(RepositoryName::gitPath).orElse("/OWNER/NAME.git");
        String target = repository.map(name -> "=" + name).orElse("");
        return Html.of(
                """
                <h2>With git</h2>
                <ol>
                <li><p>Get an access token. Who operates this server makes one, on its machine:</p>
                {}</li>
                <li><p>Clone. When git asks, give any user name, and the token as the password.</p>
                {}</li>
                </ol>
                <p class="note">Where git does not trust this server’s certificate, ask the operator for <code>ca.pem</code>, then:</p>
                {}
                <h2>In this browser</h2>
                <p>With the same token, or with your account’s name and password.</p>
                <p><a class="button" href="{}{}">Sign in</a></p>
                """,
                command("./gatehouse token issue --user NAME"),
                cloning(path),
                command("git config --global http." + publicUrl + "/.sslCAInfo /path/to/ca.pem"),
                SignIn.PATH,
                target);
    }

    Html firstPush(String gitPath, String branch) {
        return command("git remote add origin " + publicUrl + gitPath + "\ngit push -u origin HEAD:" + branch);
    }
}
