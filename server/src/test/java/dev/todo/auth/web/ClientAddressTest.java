package dev.todo.auth.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.problem.StartRefused;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class ClientAddressTest {
    private static final String PROXY = "10.1.2.3";

    private final ClientAddresses addresses =
            new ClientAddresses(new ProxySettings(List.of("10.0.0.0/8", " 192.0.2.9 ", "2001:db8:ff::/48", "")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.5                              | 203.0.113.5",
                "198.51.100.1, 203.0.113.5                | 203.0.113.5",
                "198.51.100.1,203.0.113.5,10.9.9.9        | 203.0.113.5",
                "203.0.113.5, 192.0.2.9, 10.0.0.1         | 203.0.113.5",
                "203.0.113.5, 2001:db8:ff:1::2            | 203.0.113.5",
                "10.0.0.1, 10.0.0.2                       | 10.0.0.1",
                "203.0.113.5:4711                         | 203.0.113.5",
                "2001:db8::1                              | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:4711                       | 2001:db8:0:0:0:0:0:1",
                "::ffff:203.0.113.5                       | 203.0.113.5",
                "203.0.113.5, unknown                     | 10.1.2.3",
                "203.0.113.5, unknown, 10.0.0.7           | 10.0.0.7",
                "203.0.113.5,                             | 10.1.2.3",
                "localhost                                | 10.1.2.3",
                "203.0.113                                | 10.1.2.3",
                "203.0.113.256                            | 10.1.2.3",
                "203.0.113.5:http                         | 10.1.2.3",
                "203.0.113.5:                             | 10.1.2.3",
                "[203.0.113.5                             | 10.1.2.3",
                "fe80::1%eth0                             | 10.1.2.3",
                "'\"203.0.113.5\"'                        | 10.1.2.3"
            })
    void aTrustedProxyNamesItsClient(String forwardedFor, String expected) {
        assertThat(address(request(PROXY).header("X-Forwarded-For", forwardedFor)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=203.0.113.5                                            | 203.0.113.5",
                "For=\"203.0.113.5:80\";proto=https;by=10.0.0.1             | 203.0.113.5",
                "proto=https; FOR=203.0.113.5                               | 203.0.113.5",
                "for=\"[2001:db8::1]:4711\"                                 | 2001:db8:0:0:0:0:0:1",
                "for=\"[2001:db8::1]:_port\"                                | 2001:db8:0:0:0:0:0:1",
                "for=198.51.100.1, for=203.0.113.5, for=10.0.0.7            | 203.0.113.5",
                "for=\"198.51.100.1, for=203.0.113.5                        | 203.0.113.5",
                "for=198.51.100.1;host=\"a,b\", for=10.0.0.7;host=\"c,d\"   | 198.51.100.1",
                "for=203.0.113.5, for=_hidden                               | 10.1.2.3",
                "for=unknown                                                | 10.1.2.3",
                "proto=https                                                | 10.1.2.3",
                "203.0.113.5                                                | 10.1.2.3"
            })
    void aTrustedProxyNamesItsClientAsRfc7239Says(String forwarded, String expected) {
        assertThat(address(request(PROXY).header("Forwarded", forwarded))).isEqualTo(expected);
    }

    @Test
    void laterLinesAreNearer() {
        assertThat(address(request(PROXY).header("X-Forwarded-For", "198.51.100.1", "203.0.113.5")))
                .isEqualTo("203.0.113.5");
        assertThat(address(request(PROXY).header("X-Forwarded-For", "203.0.113.5", "10.0.0.1, 10.0.0.2")))
                .isEqualTo("203.0.113.5");
    }

    @Test
    void twoHeadersThatDisagreeNameNobody() {
        assertThat(address(
                        request(PROXY).header("X-Forwarded-For", "203.0.113.5").header("Forwarded", "for=203.0.113.5")))
                .isEqualTo("203.0.113.5");
        assertThat(address(request(PROXY)
                        .header("X-Forwarded-For", "203.0.113.5")
                        .header("Forwarded", "for=198.51.100.1")))
                .isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.0.1", "192.0.2.8", "2001:db8:fe::1", "203.0.113.9"})
    void nobodyElseIsBelieved(String peer) {
        assertThat(address(request(peer)
                        .header("X-Forwarded-For", "198.51.100.1")
                        .header("Forwarded", "for=198.51.100.1")))
                .isEqualTo(address(request(peer)));
    }

    @Test
    void withoutSettingNobodyIsBelieved() {
        var exchange = MockServerWebExchange.from(request("127.0.0.1").header("X-Forwarded-For", "198.51.100.1"));
        new ClientAddresses(new ProxySettings(List.of()))
                .filter(exchange, passed -> Mono.empty())
                .block();
        assertThat(ClientAddress.of(exchange).text()).isEqualTo("127.0.0.1");
    }

    @Test
    void aPeerThatIsGoneHasNoAddress() {
        assertThat(address(MockServerHttpRequest.get("/").header("X-Forwarded-For", "198.51.100.1")))
                .isEqualTo("-");
    }

    @Test
    void garbageNeverDoesMoreThanNameNobody() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String garbage = random.ints(random.nextInt(12), 0, 20)
                    .mapToObj(c -> String.valueOf("01f:.,[]\"=;for %/_-x".charAt(c)))
                    .reduce("", String::concat);
            assertThat(address(request(PROXY).header("X-Forwarded-For", garbage)))
                    .isNotEmpty();
            assertThat(address(request(PROXY).header("Forwarded", "for=" + garbage)))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5, 203.0.113.5",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "::ffff:203.0.113.5, 203.0.113.5"
    })
    void aNetworkIsWhatOneClientCanEasilyHave(String peer, String network) {
        assertThat(found(request(peer)).network()).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/12, 10.15.255.255, true",
        "10.1.2.3/12, 10.16.0.0, false",
        "10.1.2.3/31, 10.1.2.2, true",
        "10.1.2.3/31, 10.1.2.4, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 203.0.113.5, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 203.0.113.5, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void aBlockIsAllThatBeginsAlike(String block, String address, boolean inside) {
        var proxies = new ClientAddresses(new ProxySettings(List.of(block)));
        var exchange = MockServerWebExchange.from(request(address).header("X-Forwarded-For", "198.51.100.1"));
        proxies.filter(exchange, passed -> Mono.empty()).block();
        assertThat(ClientAddress.of(exchange).text().equals("198.51.100.1")).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "localhost",
                "10.0.0",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "/8",
                "::/129",
                "*"
            })
    void whatIsNoAddressIsRefused(String proxy) {
        assertThatThrownBy(() -> new ProxySettings(List.of("10.0.0.1", proxy)))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "TRUSTED_PROXIES must be a list of IP addresses and blocks such as 10.0.0.0/8, separated by commas, but has \"%s\".",
                        proxy);
    }

    private String address(MockServerHttpRequest.BaseBuilder<?> request) {
        return found(request).text();
    }

    private ClientAddress found(MockServerHttpRequest.BaseBuilder<?> request) {
        var exchange = MockServerWebExchange.from(request);
        addresses.filter(exchange, passed -> Mono.empty()).block();
        return ClientAddress.of(exchange);
    }

    private static MockServerHttpRequest.BaseBuilder<?> request(String peer) {
        return MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(peer, 1));
    }
}
