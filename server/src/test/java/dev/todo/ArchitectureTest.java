package dev.todo;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Guards the shape of the house: who may use whom, and what may be done where. */
class ArchitectureTest {
    private static final String OURS = "dev.todo";
    private static final int MOST_LINES = 300;

    private static final JavaClasses SERVER = new ClassFileImporter()
            // What the packaging generates stays in the folder for the next run.
            .withImportOption(location -> !location.contains("__"))
            .importUrl(TodoServer.class.getProtectionDomain().getCodeSource().getLocation());

    /** What of ours a package may use besides itself: packages, and single classes. The root wires everything. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            mayUse("problem"),
            mayUse("database", "files", "problem"),
            mayUse("files"),
            mayUse("values"),
            mayUse("tasks.recurrence"),
            mayUse("tasks", "tasks.recurrence", "accounts.UserTimeZones", "values", "problem", "database"),
            mayUse(
                    "tasks.web",
                    "tasks",
                    "tasks.recurrence",
                    "values",
                    "accounts.Accounts",
                    "accounts.UserData",
                    "auth.AccessToken",
                    "auth.Caller",
                    "problem",
                    "api",
                    "api.model"),
            mayUse("transfer", "tasks", "tasks.recurrence", "values", "problem"),
            mayUse(
                    "transfer.web",
                    "transfer",
                    "tasks",
                    "tasks.web.TaskRepresentation",
                    "accounts.Account",
                    "accounts.Accounts",
                    "auth.AccessToken",
                    "auth.Caller",
                    "problem",
                    "api",
                    "api.model"),
            mayUse("auth", "values", "problem", "database"),
            mayUse("accounts", "auth", "values", "problem", "database"),
            mayUse("accounts.web", "accounts", "auth", "auth.web", "values", "problem", "api", "api.model"),
            mayUse("auth.web", "auth", "problem", "api", "api.model"),
            mayUse("retries", "accounts.Accounts", "auth.AccessToken", "auth.Caller", "problem", "database"),
            mayUse("retries.web", "retries", "auth.AccessToken", "auth.Caller"),
            mayUse(
                    "web",
                    "auth",
                    "auth.web",
                    "retries",
                    "retries.web",
                    "transfer.LineContract",
                    "files",
                    "problem",
                    "database",
                    "api",
                    "api.model"));

    private static Map.Entry<String, Set<String>> mayUse(String name, String... others) {
        return Map.entry(name, Set.of(others));
    }

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyWhatItMay(String name) {
        noClasses()
                .that()
                .resideInAPackage(OURS + "." + name)
                .should()
                .dependOnClassesThat(describe("it may not use", target -> isOurs(target) && !mayUse(name, target)))
                .check(SERVER);
    }

    @Test
    void everyPackageHasItsPlaceInThePlan() {
        assertThat(packagesOfOurs().map(JavaPackage::getName).filter(name -> !name.equals(OURS)))
                .isSubsetOf(packages().map(name -> OURS + "." + name).toList());
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching(OURS + ".(**)").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packagesOfOurs()).isNotEmpty().allMatch(ours -> ours.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void generatedTypesStopAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.todo.api..")
                .check(SERVER);
    }

    @Test
    void onlyStoresSpeakToTheDatabase() {
        noClasses()
                .that(describe("are no stores", type -> !outermost(type).endsWith("Store")))
                .and()
                .resideOutsideOfPackage("dev.todo.database")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.r2dbc..", "org.springframework.r2dbc..", "org.springframework.data.r2dbc..")
                .check(SERVER);
    }

    @Test
    void nothingBlocks() {
        noClasses()
                .should()
                .accessTargetWhere(describe(
                        "it waits",
                        access -> reaches(access, Mono.class, "block", "toIterable", "toStream")
                                || reaches(access, Flux.class, "block", "toIterable", "toStream")
                                || reaches(access, Thread.class, "sleep")))
                .check(SERVER);
    }

    @Test
    void timeIsHandedIn() {
        noClasses()
                .should()
                .accessTargetWhere(describe("it reads the system's clock", ArchitectureTest::readsTheClock))
                .check(SERVER);
        noClasses()
                .that()
                .resideOutsideOfPackage(OURS)
                .should()
                .accessTargetWhere(
                        describe("it makes a clock", access -> reaches(access, InstantSource.class, "system")))
                .check(SERVER);
    }

    @Test
    void classesAreNamedByWhatTheyAre() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .check(SERVER);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(SERVER);
    }

    @Test
    void everyOperationKnowsItsCallerOrIsPublic() {
        classes().should(KnownCallers.knowTheCallerOfEveryOperation()).check(SERVER);
    }

    @Test
    void noFileIsLong() {
        assertThat(JavaSources.all())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(JavaSources.read(file).lines().count())
                        .as(file.toString())
                        .isLessThanOrEqualTo(MOST_LINES));
    }

    private static Stream<JavaPackage> packagesOfOurs() {
        return SERVER.stream().map(JavaClass::getPackage).distinct();
    }

    private static boolean isOurs(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals(OURS) || name.startsWith(OURS + ".");
    }

    private static boolean mayUse(String name, JavaClass target) {
        JavaClass type = target.getBaseComponentType();
        String packageName = type.getPackageName();
        return packageName.equals(OURS + "." + name)
                || MAY_USE.getOrDefault(name, Set.of()).stream()
                        .map(allowed -> OURS + "." + allowed)
                        .anyMatch(allowed ->
                                packageName.equals(allowed) || (packageName + "." + outermost(type)).equals(allowed));
    }

    /** The simple name of the class in whose file a class stands. */
    static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type.getSimpleName());
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        return (access.getTargetOwner().getPackageName().startsWith("java.time")
                        && access.getName().equals("now")
                        && !isHandedAClock(access))
                || reaches(access, Clock.class, "system", "tick")
                || reaches(access, System.class, "currentTimeMillis")
                || (reaches(access, Date.class, "<init>")
                        && parametersOf(access).isEmpty());
    }

    private static boolean isHandedAClock(JavaAccess<?> access) {
        return parametersOf(access).stream().anyMatch(type -> type.isAssignableTo(InstantSource.class));
    }

    private static boolean reaches(JavaAccess<?> access, Class<?> owner, String... beginnings) {
        return access.getTargetOwner().isAssignableTo(owner)
                && Stream.of(beginnings).anyMatch(access.getName()::startsWith);
    }

    private static List<JavaClass> parametersOf(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget code ? code.getRawParameterTypes() : List.of();
    }
}
