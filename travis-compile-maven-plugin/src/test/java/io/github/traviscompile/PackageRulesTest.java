package io.github.traviscompile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layout of the house: mojo → build → leaf packages → platform, and no other way. */
@AnalyzeClasses(packages = "io.github.traviscompile", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {

    private static final String ROOT = "io.github.traviscompile";
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

    @ArchTest
    static final ArchRule onlyMojoSeesMaven = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".mojo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "javax.inject..");

    @ArchTest
    static final ArchRule mojoKnowsBuildAndTheVocabularyOnly = noClasses()
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
            .resideInAPackage(ROOT + ".build..");

    @ArchTest
    static final ArchRule leavesDoNotKnowEachOther = slices().matching(
                    ROOT + ".(cargo|git|github|ci|tunnel|upload|verify|packaging)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule binariesKnowNothingOfWheels = noClasses()
            .that()
            .resideInAPackage(ROOT + ".verify")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".verify.wheel..");

    @ArchTest
    static final ArchRule theVocabularyKnowsNobody = classes()
            .that()
            .resideInAPackage(ROOT + ".platform..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".platform..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyChangesSystemProperties =
            noClasses().should().callMethod(System.class, "setProperty", String.class, String.class);
}
