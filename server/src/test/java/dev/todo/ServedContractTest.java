package dev.todo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The contract as tools and pages elsewhere get it. */
class ServedContractTest extends ServerTest {
    private static final String YAML = "/openapi.yaml";
    private static final String JSON = "/openapi.json";
    private static final String ELSEWHERE = "https://editor.example";

    @Test
    void yamlIsTheFileOfTheBuild() throws IOException {
        EntityExchangeResult<byte[]> served = answer(get(YAML), 200);
        assertThat(served.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
                .isEqualTo("application/yaml");
        assertThat(served.getResponseBodyContent()).isEqualTo(file());
    }

    @Test
    void jsonIsTheSameDocument() throws IOException {
        EntityExchangeResult<byte[]> served = answer(get(JSON), 200);
        assertThat(served.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
                .isEqualTo("application/json");
        assertThat(new ObjectMapper().readTree(served.getResponseBodyContent()))
                .isEqualTo(ContractTree.CONTRACT.root().node());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-10", "bytes=0-1,5-9", "bytes=9999999-"})
    void yamlIsServedWhole(String range) throws IOException {
        EntityExchangeResult<byte[]> served = answer(get(YAML).header(HttpHeaders.RANGE, range), 200);
        assertThat(served.getResponseHeaders().headerNames()).doesNotContain(HttpHeaders.ACCEPT_RANGES);
        assertThat(served.getResponseBodyContent()).isEqualTo(file());
    }

    @ParameterizedTest
    @ValueSource(strings = {YAML, JSON})
    void itIsKeptForAMinuteAndAskedForByItsTag(String path) {
        HttpHeaders headers = answer(get(path), 200).getResponseHeaders();
        assertThat(headers.getCacheControl()).isEqualTo("public, max-age=60, must-revalidate");
        String tag = requireNonNull(headers.getETag());
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            EntityExchangeResult<byte[]> same = answer(get(path).header(HttpHeaders.IF_NONE_MATCH, known), 304);
            assertThat(same.getResponseHeaders().getETag()).isEqualTo(tag);
            assertThat(same.getResponseHeaders().getCacheControl()).isEqualTo(headers.getCacheControl());
            assertThat(same.getResponseHeaders().getContentType()).isNull();
        }
        answer(get(path).header(HttpHeaders.IF_NONE_MATCH, "\"other\""), 200);
        answer(get(path).header(HttpHeaders.IF_NONE_MATCH, tag.replace("\"", "")), 200);
        answer(get(path).header(HttpHeaders.IF_NONE_MATCH, ", , " + tag + ","), 304);
    }

    @ParameterizedTest
    @ValueSource(strings = {YAML, JSON})
    void pagesOfAnyOriginReadIt(String path) {
        for (String origin : List.of(ELSEWHERE, ORIGIN, "null")) {
            HttpHeaders headers =
                    answer(get(path).header(HttpHeaders.ORIGIN, origin), 200).getResponseHeaders();
            assertThat(headers.getAccessControlAllowOrigin()).isEqualTo("*");
            assertThat(headers.getAccessControlExposeHeaders()).contains("ETag", "X-Request-Id");
            assertThat(headers.getVary()).doesNotContain(HttpHeaders.ORIGIN);
        }
        HttpHeaders preflight = answer(
                        anyone.options()
                                .uri(path)
                                .header(HttpHeaders.ORIGIN, ELSEWHERE)
                                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET")
                                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "if-none-match"),
                        200)
                .getResponseHeaders();
        assertThat(preflight.getAccessControlAllowOrigin()).isEqualTo("*");
        assertThat(preflight.getAccessControlAllowMethods()).containsExactly(HttpMethod.GET, HttpMethod.HEAD);
        assertThat(preflight.getAccessControlAllowHeaders()).contains("If-None-Match");
        assertThat(preflight.getAccessControlMaxAge()).isEqualTo(3600);
    }

    @Test
    void aRefusalIsNotKept() {
        Refused refused = Refused.with(400, "invalid-request", get(JSON + "?x=1"));
        assertThat(refused.headers().getCacheControl()).isEqualTo("no-store");
    }

    private WebTestClient.RequestHeadersSpec<?> get(String path) {
        return anyone.get().uri(path);
    }

    private static EntityExchangeResult<byte[]> answer(WebTestClient.RequestHeadersSpec<?> request, int status) {
        return request.exchange().expectStatus().isEqualTo(status).expectBody().returnResult();
    }

    private static byte[] file() throws IOException {
        return Files.readAllBytes(Path.of("..", "contracts", "todo-api.yaml"));
    }
}
