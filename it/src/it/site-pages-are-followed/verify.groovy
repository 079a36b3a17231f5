def said = { String folder, List<String> command ->
    def process = new ProcessBuilder(command).directory(new File(basedir, folder)).redirectErrorStream(true).start()
    def text = process.inputStream.text.trim()
    assert process.waitFor() == 0: text
    text
}
// invoker.properties has typed what the pages say.
def jni = 'a-java-library-with-native-code-jni'
assert context.commands['start'] == [
        'cargo generate-lockfile', 'mvn travis-compile:check', 'mvn travis-compile:plan', 'mvn package']
assert context.commands.keySet() == ['start', jni, 'a-program', 'a-workspace'] as Set
context.commands.findAll { name, commands -> name != 'start' }.each { name, commands ->
    assert commands.findAll { it.startsWith('mvn ') } == ['mvn package']
}

def archive = new File(basedir, 'start/target').list().find { it.endsWith('.tar.gz') }
assert archive.startsWith('greet-1.0.0-')
assert said('start/target', ['tar', '-tzf', archive]).readLines() == [System.mapLibraryName('greet')]

// As the page says it, but for the path of java.
def java = context.commands[jni].find { it.startsWith('java ') }.replaceFirst('java', System.getProperty('java.home') + '/bin/java')
assert said(jni, ['bash', '-c', java]) == '42'

def program = new File(basedir, 'a-program/target').listFiles().find { it.name.endsWith('-hello.exe') }
program.executable = true
assert said('a-program', [program.path]) == 'Hello from Rust'

def tools = new File(basedir, 'a-workspace/target').list().find { it.endsWith('.tar.gz') }
assert said('a-workspace/target', ['tar', '-tzf', tools]).readLines() as Set ==
        ['tool', System.mapLibraryName('tool_ffi'), 'libtool_ffi.a'] as Set
return true
