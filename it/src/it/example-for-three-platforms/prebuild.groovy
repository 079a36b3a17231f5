import java.nio.file.Files

// Without target, where builds of the example itself leave their files.
def copy = new File(basedir, 'example').toPath()
def example = new File(exampleDirectory).toPath()
Files.walk(example).withCloseable { files ->
    files.map { example.relativize(it) }
            .filter { it.toString() != 'pom.xml' && !it.startsWith('target') }
            .forEach { Files.copy(example.resolve(it), copy.resolve(it)) }
}
