import groovy.xml.XmlParser
import groovy.xml.XmlSlurper

// Each fragment of a POM goes into a module of its own, with a crate that has what the pages speak of.
def pages = new File(projectsDirectory, '../../../src/site/markdown')
def fragments = new File(basedir, 'fragments')
assert !fragments.exists() || fragments.deleteDir()
def crate = { File folder ->
    [
        'Cargo.toml': '[workspace]\nmembers = ["greet-ffi"]\n\n[package]\nname = "greet"\nversion = "1.0.0"\nedition = "2021"\n',
        'Cargo.lock': 'version = 3\n\n[[package]]\nname = "greet"\nversion = "1.0.0"\n\n[[package]]\nname = "greet-ffi"\nversion = "1.0.0"\n',
        'src/main.rs': 'fn main() {}\n',
        'greet-ffi/Cargo.toml': '[package]\nname = "greet-ffi"\nversion = "1.0.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n',
        'greet-ffi/src/lib.rs': '',
        'tests/fixtures/expired.pem': '-----BEGIN CERTIFICATE-----\n'
    ].each { path, text ->
        def file = new File(folder, path)
        file.parentFile.mkdirs()
        file.setText(text, 'UTF-8')
    }
}
crate(new File(fragments, 'rust'))
def pom = { String name, String parent, String rest -> """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  $parent
  <artifactId>$name</artifactId>
  <packaging>pom</packaging>
  $rest
</project>
"""}
def configuration = { String xml ->
    """<plugin>
  <groupId>io.github.travis-compile</groupId>
  <artifactId>travis-compile-maven-plugin</artifactId>
  $xml
</plugin>"""
}
def inHosted = { String xml -> configuration("<configuration><repository>alice/builds</repository>$xml</configuration>") }
def texts = pages.listFiles().findAll { it.name.endsWith('.md') }.sort()*.getText('UTF-8') +
        new File(pages, '../../../README.md').getText('UTF-8')
def blocks = texts.collect { (it =~ /(?ms)^```xml\n(.*?)^```$/)*.getAt(1) }.flatten()
def modules = [:]
blocks.each { block ->
    def names = new XmlParser(false, false).parseText("<block>$block</block>").children()*.name() as Set
    def plugins
    switch (names) {
        case { it.intersect(['project', 'dependency', 'server', 'servers']) }: return
        case { it == ['plugin'] as Set }: plugins = block; break
        case { it == ['plugins'] as Set }: plugins = block.replaceAll('</?plugins>', ''); break
        case { it == ['configuration'] as Set }: plugins = configuration(block); break
        case { it == ['platform'] as Set }: plugins = inHosted("<platforms>$block</platforms>"); break
        default: plugins = inHosted(block)
    }
    def name = String.format('fragment-%02d', modules.size() + 1)
    def module = new File(fragments, name)
    crate(module)
    if (block.contains('pythonVersion') || block.contains('>python<')) {
        new File(module, 'pyproject.toml').setText('[build-system]\nrequires = ["maturin>=1.7"]\nbuild-backend = "maturin"\n\n' +
                '[project]\nname = "greet"\nversion = "1.0.0"\n', 'UTF-8')
    }
    new File(module, 'pom.xml').setText(pom(name,
            '<parent><groupId>it</groupId><artifactId>fragments</artifactId><version>1</version></parent>',
            "<build><plugins>$plugins</plugins></build>"), 'UTF-8')
    modules[name] = block
}
new File(fragments, 'pom.xml').setText(pom('fragments', '<groupId>it</groupId><version>1</version>', """
  <modules>${modules.keySet().collect { "<module>$it</module>" }.join()}</modules>
  <build><pluginManagement><plugins><plugin>
    <groupId>io.github.travis-compile</groupId>
    <artifactId>travis-compile-maven-plugin</artifactId>
    <version>${new XmlSlurper(false, false).parse(new File(basedir, 'pom.xml')).properties['plugin.version']}</version>
    <executions><execution><id>look</id><phase>validate</phase><goals><goal>plan</goal></goals></execution></executions>
  </plugin></plugins></pluginManagement></build>"""), 'UTF-8')
context.fragments = modules
return true
