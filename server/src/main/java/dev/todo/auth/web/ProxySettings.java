package dev.todo.auth.web;

import dev.todo.problem.StartRefused;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which proxies are believed when they say whom they speak for ({@code TRUSTED_PROXIES}): addresses and blocks of
 * addresses, separated by commas.
 */
@ConfigurationProperties("trusted")
public record ProxySettings(@DefaultValue List<String> proxies) {
    public ProxySettings {
        proxies = proxies.stream()
                .map(String::strip)
                .filter(proxy -> !proxy.isEmpty())
                .toList();
        proxies.forEach(ProxySettings::block);
    }

    List<AddressBlock> blocks() {
        return proxies.stream().map(ProxySettings::block).toList();
    }

    private static AddressBlock block(String proxy) {
        AddressBlock block = AddressBlock.parse(proxy);
        if (block == null) {
            throw new StartRefused(
                    "TRUSTED_PROXIES must be a list of IP addresses and blocks such as 10.0.0.0/8, separated by commas, but has \""
                            + proxy + "\".");
        }
        return block;
    }
}
