package io.github.traviscompile.verify.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeMethodsTest {

    @TempDir
    Path temp;

    @Test
    void areFoundInTheJavaCompilersOutput() throws Exception {
        compile("Plain", "long a = 1L << 40; double b = 2.5; Runnable c = () -> System.out.println(\"é\" + a + b);");
        assertThat(NativeMethods.areIn(temp)).isFalse();
        compile("deep/Greeter", "String name = \"x\"; static String greet() { return \"\"; } native int twice(int n);");
        assertThat(NativeMethods.areIn(temp)).isTrue();
    }

    @Test
    void filesThatAreNotClassesAreIgnored() throws Exception {
        assertThat(NativeMethods.areIn(temp.resolve("absent"))).isFalse();
        compile("Greeter", "native int twice(int n);");
        byte[] whole = Files.readAllBytes(temp.resolve("Greeter.class"));
        for (int cut = 0; cut < whole.length; cut++) {
            Files.write(temp.resolve("Greeter.class"), Arrays.copyOf(whole, cut));
            NativeMethods.areIn(temp);
        }
        Files.writeString(temp.resolve("Greeter.class"), "no class at all");
        Files.write(temp.resolve("Greeter.class.bak"), whole);
        assertThat(NativeMethods.areIn(temp)).isFalse();
    }

    private void compile(String path, String body) throws Exception {
        Path source = temp.resolve(path + ".java");
        Files.createDirectories(source.getParent());
        String name = source.getFileName().toString().replace(".java", "");
        Files.writeString(source, "class " + name + " { " + body + " }");
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        assertThat(compiler.run(null, null, null, "-encoding", "UTF-8", source.toString()))
                .isZero();
    }
}
