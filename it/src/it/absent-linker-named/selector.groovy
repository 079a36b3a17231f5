// A foreign platform that this machine's rustc has the standard library of.
def foreign = ['linux-aarch_64': 'aarch64', 'linux-x86_64': 'x86_64']
def rustc = System.getenv('RUSTC') ?: 'rustc'
def host = [rustc, '-vV'].execute().text.readLines().find { it.startsWith('host: ') } - 'host: '
def chosen = foreign.find { platform, cpu ->
    def triple = "$cpu-unknown-linux-gnu".toString()
    triple != host && new File([rustc, '--print', 'target-libdir', '--target', triple].execute().text.trim()).list()
}
if (!chosen) {
    println "rustc has no standard library for any of ${foreign.keySet()} but this machine itself."
    return false
}
new File(basedir, 'test.properties').text = "foreign.platform=$chosen.key\ncpu=$chosen.value\n"
return true
