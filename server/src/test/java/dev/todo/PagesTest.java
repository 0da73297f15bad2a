package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The pages that the server has for people, and what they are made of. */
class PagesTest extends ServerTest {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final Pattern NAMED = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ASSET = Pattern.compile("/docs/assets/[^\"]+\\.js");

    static Stream<String> pages() {
        return Stream.of(
                "/docs", "/docs/docs.js", "/docs/docs.css", "/docs/icon.svg", "/problems", "/problems/not-found");
    }

    /** The other client would ask for gzip each time, and unpack it. */
    @BeforeEach
    void takeWhatIsSent() {
        anyone = WebTestClient.bindToServer(new JdkClientHttpConnector())
                .baseUrl("http://localhost:" + port)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST))
                .filter(ServerTest::checked)
                .build();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void runsNoScriptButItsFilesAndLoadsNothingFromElsewhere(String path) {
        HttpHeaders headers = answer(get(path), 200).getResponseHeaders();
        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;")
                .contains("connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isAskedForByItsTag(String path) {
        HttpHeaders headers = answer(get(path), 200).getResponseHeaders();
        assertThat(headers.getCacheControl()).isEqualTo("no-cache");
        HttpHeaders same = answer(get(path).header(HttpHeaders.IF_NONE_MATCH, tag(headers)), 304)
                .getResponseHeaders();
        assertThat(same.getETag()).isEqualTo(headers.getETag()).startsWith("\"");
        assertThat(same.getContentType()).isNull();
        answer(get(path).header(HttpHeaders.IF_NONE_MATCH, "\"other\""), 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip                | true
                    GZIP                | true
                    br, gzip;q=0.5, *   | true
                    gzip ; q=1.000      | true
                    gzip;q=0            | false
                    gzip;q=0.000        | false
                    identity            | false
                    gzip;q=nonsense     | false
                    xgzip               | false
                    ''                  | false
                    """)
    void isPackedForWhoeverUnpacks(String accepted, boolean packed) throws IOException {
        byte[] plain = answer(get("/docs/docs.js"), 200).getResponseBodyContent();
        EntityExchangeResult<byte[]> answer =
                answer(get("/docs/docs.js").header(HttpHeaders.ACCEPT_ENCODING, accepted), 200);
        HttpHeaders headers = answer.getResponseHeaders();
        assertThat(headers.getFirst(HttpHeaders.CONTENT_ENCODING)).isEqualTo(packed ? "gzip" : null);
        assertThat(tag(headers).endsWith("-gzip\"")).isEqualTo(packed);
        assertThat(headers.getVary()).contains(HttpHeaders.ACCEPT_ENCODING);
        byte[] body = requireNonNull(answer.getResponseBodyContent());
        assertThat(headers.getContentLength()).isEqualTo(body.length);
        assertThat(packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body)
                .isEqualTo(plain);
    }

    @Test
    void aTagBelongsToOneEncoding() {
        String plain = tag(answer(get("/docs/docs.js"), 200).getResponseHeaders());
        answer(
                get("/docs/docs.js")
                        .header(HttpHeaders.ACCEPT_ENCODING, "gzip")
                        .header(HttpHeaders.IF_NONE_MATCH, plain),
                200);
    }

    @Test
    void whatIsNamedByItsVersionIsKept() {
        assertThat(ASSET.matcher(text("/docs")).results().map(found -> found.group()))
                .isNotEmpty()
                .allSatisfy(path -> {
                    HttpHeaders headers = answer(get(path), 200).getResponseHeaders();
                    assertThat(headers.getCacheControl()).isEqualTo("public, max-age=31536000, immutable");
                    assertThat(headers.getContentType()).hasToString("text/javascript;charset=UTF-8");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/problems", "/problems/not-found"})
    void whatAPageNamesIsThere(String path) {
        List<String> named = NAMED.matcher(text(path))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(named).isNotEmpty().allSatisfy(name -> answer(get(name), 200));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void takesGetAndHeadOnly(String path) {
        for (HttpMethod method :
                List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.OPTIONS)) {
            Refused refused =
                    Refused.with(405, "method-not-allowed", http.method(method).uri(path));
            assertThat(refused.headers().get(HttpHeaders.ALLOW)).containsExactly("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/",
                "/docs/index.html",
                "/docs/nothing",
                "/docs/assets",
                "/docs/../docs",
                "/docs;x=1",
                "/Docs",
                "/problems/",
                "/problems/nothing",
                "/problems/NOT-FOUND"
            })
    void thereIsNothingElse(String path) {
        Refused.with(404, "not-found", get(path));
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void aProblemHasAPage(ProblemType type) {
        EntityExchangeResult<byte[]> page = answer(get(type.uri()), 200);
        assertThat(page.getResponseHeaders().getContentType()).hasToString("text/html;charset=UTF-8");
        assertThat(text(type.uri()))
                .contains("<title>" + type.title() + " - Todo API</title>", "<h1>" + type.title() + "</h1>")
                .contains("<code>" + type.code() + "</code> is answered with status " + type.status())
                .contains("What it means", "What to do", "href=\"/docs\"", "href=\"/problems\"");
        assertThat(text("/problems"))
                .contains("<section id=\"" + type.code() + "\">", "<a href=\"" + type.uri() + "\">");
    }

    @Test
    void theTypeOfARefusalLeadsToItsPage() {
        Refused refused = Refused.with(404, "not-found", http.get().uri(tasks() + "/999999"));
        assertThat(text(refused.problem().path("type").asString()))
                .contains("<h1>" + refused.problem().path("title").asString() + "</h1>")
                .contains("Nothing is there for this user.");
    }

    private static String tag(HttpHeaders headers) {
        return requireNonNull(headers.getETag());
    }

    private String text(String path) {
        return new String(answer(get(path), 200).getResponseBodyContent(), UTF_8);
    }

    private WebTestClient.RequestHeadersSpec<?> get(String path) {
        return anyone.get().uri(path);
    }

    private static EntityExchangeResult<byte[]> answer(WebTestClient.RequestHeadersSpec<?> request, int status) {
        return request.exchange().expectStatus().isEqualTo(status).expectBody().returnResult();
    }
}
