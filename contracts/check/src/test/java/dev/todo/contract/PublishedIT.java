package dev.todo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is published, the contract and its check, as Maven Central looks at it and as others find it. */
class PublishedIT {
    private static final Path CONTRACT = Path.of("..", "target");
    private static final Path CHECK = Path.of("target");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "artifactId",
                "version",
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void thePomsSay(String what) throws Exception {
        for (Path target : List.of(CONTRACT, CHECK)) {
            assertThat(pom(target, what))
                    .singleElement()
                    .asString()
                    .isNotBlank()
                    .doesNotContain("${");
        }
        assertThat(pom(CONTRACT, "scm/url")).isEqualTo(pom(CHECK, "scm/url"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"parent", "properties", "dependencyManagement", "repositories", "pluginRepositories", "profiles"
            })
    void thePomsNeedNo(String what) throws Exception {
        assertThat(pom(CONTRACT, what)).isEmpty();
        assertThat(pom(CHECK, what)).isEmpty();
    }

    @Test
    void thePomsNameWhatIsNeeded() throws Exception {
        assertThat(pom(CONTRACT, "dependencies/dependency")).isEmpty();
        assertThat(pom(CHECK, "dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrder(
                        "todo-contract",
                        "swagger-request-validator-core",
                        "jackson-databind",
                        "jackson-annotations",
                        "jackson-dataformat-yaml",
                        "jackson-datatype-jsr310",
                        "jspecify",
                        "spring-webflux");
        assertThat(pom(CHECK, "dependencies/dependency/version"))
                .hasSize(8)
                .allMatch(version -> version.matches("[0-9]+(\\.[0-9]+)+(-SNAPSHOT)?"));
        assertThat(pom(CHECK, "dependencies/dependency[optional='true']/artifactId"))
                .containsExactly("spring-webflux");
        assertThat(pom(CHECK, "dependencies/dependency/exclusions/exclusion/artifactId"))
                .containsExactly("swagger-parser-v2-converter");
    }

    @Test
    void theJarsAreAllThere() throws Exception {
        assertThat(entries(CONTRACT, "")).contains("contract/todo-api.yaml", "META-INF/LICENSE");
        assertThat(entries(CONTRACT, "-sources")).contains("contract/todo-api.yaml");
        assertThat(entries(CONTRACT, "-javadoc")).contains("contract/todo-api.yaml");
        assertThat(entries(CHECK, "")).contains("dev/todo/contract/ContractCheck.class", "META-INF/LICENSE");
        assertThat(entries(CHECK, "-sources")).contains("dev/todo/contract/ContractCheck.java");
        assertThat(entries(CHECK, "-javadoc"))
                .anyMatch(page -> page.endsWith("/ContractCheck.html"))
                .anyMatch(page -> page.endsWith("/ContractExchangeFilter.html"))
                .noneMatch(page -> page.endsWith("/AnswerCheck.html"));
    }

    private static List<String> pom(Path target, String path) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(target.resolve("published-pom.xml").toFile());
        NodeList found = (NodeList)
                XPathFactory.newInstance().newXPath().evaluate("/project/" + path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(each -> found.item(each).getTextContent().strip())
                .toList();
    }

    private static List<String> entries(Path target, String classifier) throws Exception {
        String name =
                pom(target, "artifactId").get(0) + "-" + pom(target, "version").get(0) + classifier + ".jar";
        try (JarFile jar = new JarFile(target.resolve(name).toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}
