package io.github.traviscompile;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.traviscompile.http.Pause;
import io.github.traviscompile.run.CrossCompiler;
import java.net.URLConnection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds the layers and the sizes of the rooms: mojo → run → leaf packages → http → model, and no other way. */
@AnalyzeClasses(packages = "io.github.traviscompile", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {

    private static final String ROOT = "io.github.traviscompile";
    private static final int LARGEST_PACKAGE = 35;
    private static final String[] LEAVES = {
        ROOT + ".cargo..",
        ROOT + ".git..",
        ROOT + ".github..",
        ROOT + ".ci..",
        ROOT + ".tunnel..",
        ROOT + ".upload..",
        ROOT + ".verify..",
        ROOT + ".packaging.."
    };

    private static final List<String> ENTRIES = List.of(
            CrossCompiler.class.getName(),
            ROOT + ".run.plan.PlanReport",
            ROOT + ".run.check.Check",
            ROOT + ".run.remote.CleanUp",
            ROOT + ".run.deliver.FileVerification");

    @ArchTest
    static final ArchRule onlyMojoSeesMaven = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".mojo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "javax.inject..");

    @ArchTest
    static final ArchRule mojoKnowsNoLeaf = noClasses()
            .that()
            .resideInAPackage(ROOT + ".mojo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LEAVES);

    @ArchTest
    static final ArchRule nobodyKnowsTheMojos = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".mojo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".mojo..");

    @ArchTest
    static final ArchRule leavesDoNotKnowTheSequence = noClasses()
            .that()
            .resideInAnyPackage(LEAVES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".run..");

    /** GitHub Actions is a CI service at GitHub, and one place speaks to GitHub. */
    @ArchTest
    static final ArchRule leavesDoNotKnowEachOther = slices().matching(
                    ROOT + ".(cargo|git|github|ci|tunnel|upload|verify|packaging)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage(ROOT + ".ci.actions.."), resideInAPackage(ROOT + ".github.."));

    @ArchTest
    static final ArchRule theFloorOfHttpKnowsTheModelAlone = classes()
            .that()
            .resideInAPackage(ROOT + ".http..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".http..", ROOT + ".model..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule requestsGoThroughOneClient = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".http..")
            .should()
            .dependOnClassesThat(resideInAPackage("java.net.http..")
                    .or(assignableTo(URLConnection.class))
                    .as("speak HTTP themselves"));

    @ArchTest
    static final ArchRule timePassesInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Pause.class.getName())
            .should()
            .callMethodWhere(
                    target(nameMatching("sleep|parkNanos|parkUntil|onSpinWait")).as("a method that lets time pass"));

    @ArchTest
    static final ArchRule oneRoomSpeaksToGitHub = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".github..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.kohsuke.github..");

    @ArchTest
    static final ArchRule theModelKnowsNobody = classes()
            .that()
            .resideInAPackage(ROOT + ".model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".model..", "java..", "org.jspecify.annotations..");

    /** The goals see the room {@code api} and the entry class that bears the goal's name. */
    @ArchTest
    static final ArchRule goalsSeeTheApiAndTheirEntries = noClasses()
            .that()
            .resideInAPackage(ROOT + ".mojo..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are in a room of run, but neither api nor an entry class",
                    type -> type.getPackageName().startsWith(ROOT + ".run")
                            && !type.getPackageName().equals(ROOT + ".run.api")
                            && !ENTRIES.contains(outermost(type).getFullName())));

    /** Each room knows those that stand after it in its row, and {@code api}. */
    @ArchTest
    static final ArchRule roomsAreLayered = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + ".run..")
            .layer("sequence")
            .definedBy(ROOT + ".run")
            .layer("check")
            .definedBy(ROOT + ".run.check..")
            .layer("hosted")
            .definedBy(ROOT + ".run.hosted..")
            .layer("reuse")
            .definedBy(ROOT + ".run.reuse..")
            .layer("deliver")
            .definedBy(ROOT + ".run.deliver..")
            .layer("legs")
            .definedBy(ROOT + ".run.legs..")
            .layer("remote")
            .definedBy(ROOT + ".run.remote..")
            .layer("plan")
            .definedBy(ROOT + ".run.plan..")
            .layer("report")
            .definedBy(ROOT + ".run.report..")
            .layer("api")
            .definedBy(ROOT + ".run.api..")
            .whereLayer("sequence")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("sequence")
            .whereLayer("hosted")
            .mayOnlyBeAccessedByLayers("check", "sequence")
            .whereLayer("reuse")
            .mayOnlyBeAccessedByLayers("check", "sequence")
            .whereLayer("deliver")
            .mayOnlyBeAccessedByLayers("check", "sequence")
            .whereLayer("legs")
            .mayOnlyBeAccessedByLayers("hosted", "reuse", "deliver", "check", "sequence")
            .whereLayer("remote")
            .mayOnlyBeAccessedByLayers("hosted", "reuse", "deliver", "check", "sequence")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("legs", "remote", "hosted", "reuse", "deliver", "check", "sequence")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("sequence");

    @ArchTest
    static final ArchRule verificationIsLayered = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + ".verify..")
            .layer("wheel")
            .definedBy(ROOT + ".verify.wheel..")
            .layer("gate")
            .definedBy(ROOT + ".verify.gate..")
            .layer("binary")
            .definedBy(ROOT + ".verify.binary..")
            .layer("bytes")
            .definedBy(ROOT + ".verify.bytes..")
            .whereLayer("wheel")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("gate")
            .mayOnlyBeAccessedByLayers("wheel")
            .whereLayer("binary")
            .mayOnlyBeAccessedByLayers("gate", "wheel");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    /** Such names end up in .gitignore files and in the exclusions of tools. */
    @ArchTest
    static final ArchRule noPackageIsCalledLikeAnOutputFolder =
            classes().should(resideOutsideOfPackages("..build..", "..out..", "..target..", "..bin.."));

    @ArchTest
    static final ArchRule noMainClassIsCalledLikeATest = noClasses()
            .that()
            .areTopLevelClasses()
            .should()
            .haveSimpleNameEndingWith("Test")
            .orShould()
            .haveSimpleNameEndingWith("Tests");

    @ArchTest
    static final ArchRule nobodyChangesSystemProperties =
            noClasses().should().callMethod(System.class, "setProperty", String.class, String.class);

    @ArchTest
    static void noPackageIsLargerThanARoom(JavaClasses all) {
        Map<String, Long> sizes =
                topLevel(all).stream().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes).allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(LARGEST_PACKAGE));
    }

    @ArchTest
    static void noTwoTypesHaveOneName(JavaClasses all) {
        Map<String, List<String>> places = topLevel(all).stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getFullName, Collectors.toList())));
        assertThat(places.values()).allSatisfy(names -> assertThat(names).hasSize(1));
    }

    private static List<JavaClass> topLevel(JavaClasses all) {
        return all.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PackageRulesTest::outermost).orElse(type);
    }
}
