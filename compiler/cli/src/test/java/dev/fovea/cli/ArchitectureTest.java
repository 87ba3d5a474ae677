package dev.fovea.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The directions between modules and packages. The command line sees all modules but the Maven plugin, so it holds them. */
class ArchitectureTest {
    private static final String GRAMMAR = "dev.fovea.grammar..";
    private static final String COMPILER = "dev.fovea.compiler..";
    private static final String OPS = "dev.fovea.ops..";
    private static final String RUNTIME = "dev.fovea.runtime..";
    private static final String IMAGES = "dev.fovea.images..";
    private static final String VECTOR = "dev.fovea.vector..";
    private static final String OPENCL = "dev.fovea.opencl..";
    private static final String CLI = "dev.fovea.cli..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.fovea");

    @Test
    void everyModuleIsSeen() {
        for (String module : new String[] {GRAMMAR, COMPILER, OPS, RUNTIME, IMAGES, VECTOR, OPENCL, CLI}) {
            String prefix = module.replace("..", "");
            assertThat(CLASSES.stream().anyMatch(type -> type.getPackageName().startsWith(prefix)))
                    .as(module)
                    .isTrue();
        }
    }

    @Test
    void operatorsDependOnNothing() {
        classes()
                .that()
                .resideInAPackage(OPS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(OPS, "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void theRuntimeNeedsOnlyTheOperators() {
        classes()
                .that()
                .resideInAPackage(RUNTIME)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(RUNTIME, OPS, "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void theRuntimeNeverSeesTheCompiler() {
        noClasses()
                .that()
                .resideInAnyPackage(OPS, RUNTIME, IMAGES, VECTOR, OPENCL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMPILER, GRAMMAR, CLI)
                .check(CLASSES);
    }

    @Test
    void theCompilerNeverSeesTheRuntime() {
        noClasses()
                .that()
                .resideInAnyPackage(COMPILER, GRAMMAR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(RUNTIME, IMAGES, VECTOR, OPENCL, CLI)
                .check(CLASSES);
    }

    @Test
    void onlyTheVectorModuleTouchesTheIncubator() {
        noClasses()
                .that()
                .resideOutsideOfPackage(VECTOR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(CLASSES);
    }

    /**
     * HotSpot learns which classes of vectors a method of the library gets, from all who call it; where it has seen two sizes, it makes
     * objects of vectors in everybody's loops.
     */
    @Test
    void vectorsHaveOneSize() {
        noClasses()
                .that()
                .resideInAPackage(VECTOR)
                .should()
                .accessFieldWhere(DescribedPredicate.describe(
                        "it is another species than the preferred one",
                        (JavaFieldAccess access) ->
                                access.getTargetOwner().getPackageName().equals("jdk.incubator.vector")
                                        && access.getName().startsWith("SPECIES_")
                                        && !access.getName().equals("SPECIES_PREFERRED")))
                .check(CLASSES);
    }

    @Test
    void onlyTheImagesModuleDecodesPictures() {
        noClasses()
                .that()
                .resideOutsideOfPackage(IMAGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.imageio..", "java.awt..")
                .check(CLASSES);
    }

    @Test
    void onlyTheOpenClModuleTouchesJocl() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OPENCL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jocl..")
                .check(CLASSES);
    }

    /** JOCL hands lengths to the driver as they are: one class checks them, and makes every transfer. */
    @Test
    void oneClassTransfersToOpenClDevices() {
        String owner = "dev.fovea.opencl.ClBuffer";
        DescribedPredicate<JavaCall<?>> transfer = DescribedPredicate.describe(
                "transfers",
                call -> call.getTargetOwner().getFullName().equals("org.jocl.CL")
                        && call.getName().matches("clEnqueue.*(Read|Write|Copy|Fill|Map|Migrate).*"));
        assertThat(CLASSES.get(owner).getMethodCallsFromSelf()).anyMatch(transfer);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(owner)
                .should()
                .callCodeUnitWhere(transfer)
                .check(CLASSES);
    }

    /** So that a model's messages about memory are complete, and every block stands in the account. */
    @Test
    void oneClassAsksOpenClDevicesForMemory() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.fovea.opencl.ClAllocator")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "allocations",
                        call -> call.getTargetOwner().getFullName().equals("org.jocl.CL")
                                && call.getName().matches("clCreate(Sub)?(Buffer|Image).*|clSVMAlloc")))
                .check(CLASSES);
    }

    @Test
    void antlrStaysInTheGrammarAndTheParser() {
        noClasses()
                .that()
                .resideOutsideOfPackages(GRAMMAR, "dev.fovea.compiler.parse..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", GRAMMAR)
                .check(CLASSES);
    }

    @Test
    void javaPoetStaysInTheEmitter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.fovea.compiler.emit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.palantir.javapoet..")
                .check(CLASSES);
    }

    @Test
    void stagesOfTheCompilerFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("dev.fovea.compiler.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** Which tensors lie in blocks is decided by what kernels say of themselves, whatever they compute. */
    @Test
    void channelBlocksKnowNoKernels() {
        classes()
                .that()
                .resideInAPackage("dev.fovea.runtime.cpu.blocks..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.fovea.runtime.cpu.blocks..",
                        "dev.fovea.runtime.kernels..",
                        "dev.fovea.runtime.simd..",
                        OPS,
                        "java..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void packagesOfTheRuntimeFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("dev.fovea.runtime.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
