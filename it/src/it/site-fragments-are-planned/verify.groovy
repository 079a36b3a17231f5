import groovy.xml.XmlParser

// Each fragment was planned, and no element of it is unknown, which Maven would not mind.
def log = new File(basedir, 'build.log').getText('UTF-8')
assert context.fragments.size() > 15
context.fragments.keySet().each { assert new File(basedir, 'fragments/' + it).directory }
assert log.count(':plan (look)') == context.fragments.size()
def jar = new File(localRepositoryPath, 'io/github/travis-compile').listFiles()
        .find { it.name == 'travis-compile-maven-plugin' }.listFiles().find { it.directory }
        .listFiles().find { it.name =~ /^travis-compile-maven-plugin-[^-]+(-SNAPSHOT)?\.jar$/ }
def descriptor = new XmlParser(false, false).parseText(new URL("jar:${jar.toURI()}!/META-INF/maven/plugin.xml").getText('UTF-8'))
def parameters = descriptor.mojos.mojo.parameters.parameter*.name*.text() as Set
context.fragments.each { name, block ->
    def root = new XmlParser(false, false).parseText("<block>$block</block>")
    def configurations = root.'**'.findAll { it instanceof Node && it.name() == 'configuration' }
    configurations.findAll { it.parent().name() != 'plugin' || it.parent().artifactId.text() == 'travis-compile-maven-plugin' }
            .each { it.children()*.name().each { element -> assert parameters.contains(element): block } }
}
return true
