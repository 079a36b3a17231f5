import groovy.json.JsonSlurper
import java.util.concurrent.TimeUnit

// What Maven shows depends on where it shows it: here a file, below a terminal of its own.
def log = new File(basedir, 'build.log').text
assert log =~ /(?m)^\[INFO\] linux-x86_64: setting up$/
assert log =~ /(?m)^\[INFO\] linux-x86_64: verified$/
// Maven itself sets colours back at its very end, where there were none.
assert !log.replaceAll(/\u001b\[0?m/, '').contains('\u001b')
def record = new File(basedir, 'target/travis-compile/run.json')
assert new JsonSlurper().parse(record).result == 'delivered'

def wait = new File(basedir, 'wait')
def shown = new File(basedir, 'terminal.txt')
def settings = new File(basedir, 'settings.xml')
settings.text = new File(projectsDirectory, 'settings.xml').text
        .replace('@localRepositoryUrl@', localRepositoryPath.toURI().toString())

def started = []
/** Maven in a terminal of 80 columns, whose keyboard is the process' standard input. */
def start = { String options ->
    shown.delete()
    // Cargo compiles anew.
    new File(basedir, 'target/travis-compile/cargo').deleteDir()
    def home = System.getProperty('invoker.mavenHome') ?: System.getProperty('maven.home')
    def maven = "'$home/bin/mvn' -o -s '$settings'" +
            " -Dmaven.repo.local='$localRepositoryPath' -Dtravis-compile.forceBuild -Dtravis-compile.cacheDirectory=target/it-cache" +
            " -Dtravis-compile.excludes=*.log,terminal.txt $options package"
    def builder = new ProcessBuilder('script', '-qefc', "stty cols 80 rows 24; exec $maven", shown.path).directory(basedir)
    builder.environment().putAll(TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', IT_WAIT_WHILE: wait.path,
            MAVEN_OPTS: '-XX:TieredStopAtLevel=1')
    builder.environment().keySet().removeAll(['CI', 'MAVEN_CMD_LINE_ARGS', 'MAVEN_ARGS'])
    if (System.getProperty('invoker.javaHome')) {
        builder.environment().put('JAVA_HOME', System.getProperty('invoker.javaHome'))
    }
    started << builder.redirectErrorStream(true).redirectOutput(new File(basedir, 'script.log')).start()
    return started.last()
}
def until = { String what, Closure<Boolean> condition ->
    def deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120)
    while (!condition()) {
        assert System.nanoTime() < deadline: "$what: ${shown.exists() ? shown.text : ''}"
        Thread.sleep(50)
    }
}

try {
    // Lines that are drawn again, and no others.
    wait.createNewFile()
    def maven = start('')
    until('The block does not appear') { shown.exists() && shown.text.contains('compiling 1/≤1') }
    // What has not changed is not drawn again, so that of most frames only digits are seen.
    until('It is not drawn again') { shown.text.count('\u001b[2A') > 2 }
    wait.delete()
    until('Maven does not end') { !maven.alive }
    assert maven.exitValue() == 0
    assert shown.text.contains('travis-compile · 0:')
    assert shown.text.contains('\u001b[36m')
    assert !(shown.text =~ /linux-x86_64: /)

    // Ctrl-C ends Maven by way of its shutdown hooks.
    wait.createNewFile()
    maven = start('')
    until('The block does not appear') { shown.exists() && shown.text.contains('compiling 1/≤1') }
    maven.outputStream.write(3)
    maven.outputStream.flush()
    until('Ctrl-C does not end Maven') { !maven.alive }
    assert new JsonSlurper().parse(record).result == 'interrupted'

    // With -B, in a terminal all the same: plain lines, drawn once.
    maven = start('-B')
    until('No line tells what is compiled') { shown.exists() && shown.text =~ /linux-x86_64: compiling 1\/≤1 / }
    wait.delete()
    until('Maven does not end') { !maven.alive }
    assert maven.exitValue() == 0
    assert !shown.text.contains('travis-compile · 0:')
    assert !(shown.text =~ /\u001b\[\d*[A-K]/)

    // With a log file the terminal stays as it was, and the file is one of lines.
    maven = start('-l logged.log')
    until('Maven does not end') { !maven.alive }
    assert maven.exitValue() == 0
    def logged = new File(basedir, 'logged.log').text
    assert logged =~ /(?m)^\[INFO\] linux-x86_64: verified$/
    assert !(logged =~ /\u001b\[\d*[A-K]/)
    assert !(shown.text =~ /\u001b\[\d*[A-K]/)
    assert !shown.text.contains('travis-compile · ')
} finally {
    // Whichever of them still waits.
    wait.delete()
    started.each { it.descendants().forEach { child -> child.destroyForcibly() } }
    started*.destroyForcibly()
}
