import groovy.json.JsonSlurper

def said = { List<String> command ->
    def process = new ProcessBuilder(command).redirectErrorStream(true).start()
    def text = process.inputStream.text.trim()
    assert process.waitFor() == 0: text
    text
}
def java = System.getProperty('java.home') + '/bin/java'
def platform = new File(basedir, 'zip/target').list().find { it.endsWith('.zip') } - 'greet-zip-1-' - '.zip'

for (place in ['from-reactor', 'from-repository']) {
    def consumed = new File(basedir, 'consumer/target/' + place)
    assert new File(consumed, 'unpacked').list() as Set == ['greet', System.mapLibraryName('greet'), 'LICENSE'] as Set
    assert said([consumed.path + '/unpacked/greet']) == 'hello'

    // A repository keeps no executable bits.
    def program = new File(consumed, "greet-raw-1-$platform-greet.exe")
    program.executable = true
    assert said([program.path]) == 'hello'

    for (classifier in [platform, 'all']) {
        def jar = new File(consumed, "greet-jar-1-${classifier}.jar")
        assert said([java, '-cp', jar.path + File.pathSeparator + basedir + '/consumer/target/classes', 'it.Greeter'])
                .endsWith('19 + 23 = 42')
    }
}

// All modules want the same leg: one compiles it, the others reuse it, and all tell of the one run.
def log = new File(basedir, 'build.log').text
assert log.count(': setting up') == 1
def statements = ['zip', 'raw', 'jar'].collect {
    new JsonSlurper().parse(new File(basedir, "repository/it/greet-$it/1/greet-$it-1-${platform}.intoto.json"))
}
assert statements*.predicate.unique().size() == 1
assert statements[0].predicate.buildDefinition.internalParameters.smoke_test == 'passed'

// Each statement tells of each file, by its digest.
def raw = new File(basedir, 'repository/it/greet-raw/1').listFiles().findAll { it.name =~ /^greet-raw-1-$platform-greet\.\w+$/ }
assert raw.size() == 2
raw.each { file -> assert statements[1].subject*.digest.sha256.contains(file.bytes.digest('SHA-256')) }

def bom = new JsonSlurper().parse(new File(basedir, "repository/it/greet-jar/1/greet-jar-1-${platform}.cdx.json"))
assert bom.metadata.component.name == 'greet'
