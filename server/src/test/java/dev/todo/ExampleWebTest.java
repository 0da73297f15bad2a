package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** The example front end, which a developer's server has at its root. */
class ExampleWebTest extends ServerTest {
    private static final Pattern NAMED = Pattern.compile("[\"'](\\.{1,2}/[^\"']+)[\"']");
    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");

    @Test
    void allThatThePageIsMadeOfIsThere() {
        Map<String, EntityExchangeResult<byte[]>> found = new TreeMap<>();
        Deque<String> wanted = new ArrayDeque<>();
        wanted.add("/");
        while (!wanted.isEmpty()) {
            String path = wanted.remove();
            found.computeIfAbsent(path, missing -> {
                EntityExchangeResult<byte[]> answer = answer(missing);
                NAMED.matcher(new String(answer.getResponseBodyContent(), UTF_8))
                        .results()
                        .forEach(name -> wanted.add(
                                URI.create(missing).resolve(name.group(1)).getPath()));
                return answer;
            });
        }
        assertThat(found)
                .containsKeys("/style.css", "/main.js", "/offline.js", "/icon.svg", "/client/apis/TasksApi.js");
        found.forEach((path, answer) -> assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
                .as(path)
                .isEqualTo(TYPES.get(path.substring(path.lastIndexOf('.') + 1))));
    }

    @Test
    void thePageRunsNothingButItsOwnFiles() {
        EntityExchangeResult<byte[]> page = answer("/");
        assertThat(page.getResponseHeaders().getFirst("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'", "connect-src 'self'")
                .doesNotContain("unsafe", "http");
        assertThat(new String(page.getResponseBodyContent(), UTF_8))
                .contains("<title>Tasks</title>")
                .doesNotContain(" style=", "<style", " onclick=");
    }

    private EntityExchangeResult<byte[]> answer(String path) {
        return anyone.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
    }
}
