import java.nio.file.Files
import java.nio.file.Path

// A folder of PATH that has the tool gives way to one of links to all its other commands.
def without = { tool, environment ->
    def home = new File(basedir, "target/without-$tool")
    def path = System.getenv('PATH').split(File.pathSeparator).collect { folder ->
        if (!new File(folder, tool).exists()) {
            return folder
        }
        def links = new File(home, new File(folder).canonicalPath.replace('/', '_'))
        if (links.mkdirs()) {
            new File(folder).eachFile {
                if (it.name != tool) Files.createSymbolicLink(new File(links, it.name).toPath(), it.toPath())
            }
        }
        return links.path
    }.join(File.pathSeparator)
    home.mkdirs()
    def mvn = new File(home, 'mvn')
    mvn.text = """\
        #!/bin/sh
        $environment
        PATH='$path' exec '${System.getProperty('maven.home')}/bin/mvn' "\$@"
        """.stripIndent()
    mvn.executable = true
}

// Cargo is looked for in its home too.
without 'cargo', "unset CARGO CARGO_HOME; export HOME='$basedir/target/home'"
['bash', 'curl', 'openssl'].each { without it, '' }
return true
