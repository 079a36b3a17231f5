import java.nio.file.Files

// A folder of PATH that has cross compilers gives way to one of links to all its other commands.
def home = new File(basedir, 'target/without-linker')
def isCross = { it ==~ /.+-linux-gnu-gcc/ }
def path = System.getenv('PATH').split(File.pathSeparator).collect { folder ->
    if (!new File(folder).list()?.any(isCross)) {
        return folder
    }
    def links = new File(home, new File(folder).canonicalPath.replace('/', '_'))
    if (links.mkdirs()) {
        new File(folder).eachFile {
            if (!isCross(it.name)) Files.createSymbolicLink(new File(links, it.name).toPath(), it.toPath())
        }
    }
    return links.path
}.join(File.pathSeparator)
home.mkdirs()
def mvn = new File(home, 'mvn')
// The user's Cargo configuration may name a linker.
mvn.text = """\
    #!/bin/sh
    CARGO_HOME='$home' PATH='$path' exec '${System.getProperty('maven.home')}/bin/mvn' "\$@"
    """.stripIndent()
mvn.executable = true
return true
