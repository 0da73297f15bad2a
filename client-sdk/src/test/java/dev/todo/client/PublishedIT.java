package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is published, as Maven Central checks it and as those who depend on it find it. */
class PublishedIT {
    private static final Path TARGET = Path.of("target");
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private static Document pom;

    @BeforeAll
    static void readThePom() throws Exception {
        pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(TARGET.resolve("published-pom.xml").toFile());
    }

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
    void thePomSays(String what) throws Exception {
        assertThat(pom(what)).singleElement().asString().isNotBlank().doesNotContain("${");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"parent", "properties", "dependencyManagement", "repositories", "pluginRepositories", "profiles"
            })
    void thePomNeedsNo(String what) throws Exception {
        assertThat(pom(what)).isEmpty();
    }

    @Test
    void thePomNamesWhatRunsAndNothingElse() throws Exception {
        assertThat(pom("dependencies/dependency/artifactId")).containsExactly("jackson-databind", "jspecify");
        assertThat(pom("dependencies/dependency/version"))
                .hasSize(2)
                .allMatch(version -> version.matches("[0-9]+(\\.[0-9]+)+"));
        assertThat(pom("dependencies/dependency/scope")).containsOnly("compile");
    }

    @Test
    void theJarIsOneModuleThatExportsOnePackage() throws Exception {
        ModuleDescriptor module =
                ModuleFinder.of(jar("")).find("dev.todo.client").orElseThrow().descriptor();
        assertThat(module.isAutomatic()).isFalse();
        assertThat(module.exports()).extracting(Exports::source).containsExactly("dev.todo.client");
        assertThat(module.opens()).allMatch(ModuleDescriptor.Opens::isQualified);
        assertThat(entries("")).contains("META-INF/LICENSE");
    }

    @Test
    void theSourcesAreAllThere() throws Exception {
        List<String> sources = entries("-sources").stream()
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", ""))
                .toList();
        List<String> classes = entries("").stream()
                .filter(name -> name.endsWith(".class") && !name.contains("$"))
                .map(name -> name.replace(".class", ""))
                .toList();
        assertThat(sources).containsAll(classes).contains("dev/todo/client/TodoClient");
    }

    @Test
    void theJavadocShowsWhatIsPublicAndNothingElse() throws Exception {
        List<String> pages = entries("-javadoc");
        String folder = "dev.todo.client/dev/todo/client/";
        assertThat(pages)
                .contains("index.html")
                .containsAll(PublicSources.read().types().keySet().stream()
                        .map(type -> folder + type + ".html")
                        .toList());
        assertThat(pages).noneMatch(page -> page.contains("generated") || page.contains("/wire/"));
    }

    @Test
    void atMostSixJarsAndThreeMegabytesComeAlong() throws Exception {
        List<Path> jars = new ArrayList<>(List.of(jar("")));
        Stream.of(Files.readString(TARGET.resolve("runtime-class-path.txt"))
                        .strip()
                        .split(File.pathSeparator, -1))
                .map(Path::of)
                .forEach(jars::add);
        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        assertThat(jars).hasSizeBetween(2, 6);
        assertThat(bytes).as("bytes of %s", jars).isLessThanOrEqualTo(3_000_000);
    }

    private static List<String> pom(String path) throws Exception {
        NodeList found = (NodeList) XPATH.evaluate("/project/" + path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(each -> found.item(each).getTextContent().strip())
                .toList();
    }

    private static Path jar(String classifier) throws Exception {
        return TARGET.resolve("todo-client-" + pom("version").get(0) + classifier + ".jar");
    }

    private static List<String> entries(String classifier) throws Exception {
        try (JarFile jar = new JarFile(jar(classifier).toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}
