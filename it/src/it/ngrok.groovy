import com.ngrok.NativeSession
import io.github.traviscompile.model.Host
import io.github.traviscompile.standin.LoopbackRelay
import io.github.traviscompile.tunnel.NgrokLibrary
import java.nio.file.Files
import java.nio.file.StandardCopyOption
import java.util.jar.JarEntry
import java.util.jar.JarOutputStream

// Puts a native part of ngrok-java that forwards on loopback into the local repository, as if it had been installed.
def coordinates = NgrokLibrary.coordinates(Host.current(System.getenv())).find { it.contains('-native:') }
def (group, artifact, extension, classifier, version) = coordinates.split(':')
def folder = new File(localRepositoryPath, "${group.replace('.', '/')}/$artifact/$version")
folder.mkdirs()

// Renamed when complete, as other projects are built at the same time.
def install = { String name, Closure content ->
    def part = File.createTempFile('part', '', folder)
    part.withOutputStream(content)
    Files.move(part.toPath(), new File(folder, name).toPath(), StandardCopyOption.REPLACE_EXISTING)
}
install("$artifact-${version}.pom") { it << """\
    <project>
      <modelVersion>4.0.0</modelVersion>
      <groupId>$group</groupId>
      <artifactId>$artifact</artifactId>
      <version>$version</version>
    </project>
    """.stripIndent() }
install("$artifact-$version-${classifier}.$extension") { out ->
    new JarOutputStream(out).withCloseable { jar ->
        [NativeSession, LoopbackRelay].each { type ->
            def outer = type.name.replace('.', '/')
            (['', '$1', '$2'].collect { outer + it + '.class' }).each { name ->
                type.classLoader.getResourceAsStream(name)?.withCloseable {
                    jar.putNextEntry(new JarEntry(name))
                    jar << it
                }
            }
        }
    }
}
