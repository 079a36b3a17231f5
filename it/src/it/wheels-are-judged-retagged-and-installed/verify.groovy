import groovy.json.JsonSlurper

def target = new File(basedir, 'target')
def log = new File(basedir, 'build.log').text
def report = new File(target, 'travis-compile/report.html').text

String outputOf(File directory, String... command) {
    def process = new ProcessBuilder(command).directory(directory).redirectErrorStream(true).start()
    def said = process.inputStream.text
    assert process.waitFor() == 0 : command.join(' ') + '\n' + said
    return said
}

// One for each, under the name that installers read, of the level of manylinux that its glibc has.
def wheels = target.list().findAll { it.endsWith('.whl') }.sort()
def architectures = ['aarch64', 'i686', 'x86_64']
assert wheels.size() == 3
architectures.eachWithIndex { architecture, i ->
    assert wheels[i] ==~ /counted-1\.2\.0-cp37-abi3-manylinux_2_\d+_${architecture}\.whl/
}
assert outputOf(target, 'sha256sum', '--check', '--strict', 'SHA256SUMS').count(': OK') >= 3
def platforms = [aarch64: 'linux-aarch_64', i686: 'linux-x86_32', x86_64: 'linux-x86_64']

architectures.eachWithIndex { architecture, i ->
    def wheel = new File(target, wheels[i])

    // What Maven installed under its own name is the same file, and its provenance names it as installers do.
    def platform = platforms[architecture]
    def artifact = 'wheels-are-judged-retagged-and-installed'
    def installed = new File(localRepositoryPath, "it/${artifact}/1/${artifact}-1-${platform}.whl")
    assert installed.bytes == wheel.bytes
    def statement = new JsonSlurper().parse(new File(target, "${artifact}-1-${platform}.intoto.json"))
    assert statement.subject*.name == [wheels[i]]

    // The table and the page say what it needs.
    def glibc = wheels[i].replaceFirst(/.*manylinux_2_(\d+)_.*/, 'glibc 2.$1')
    assert log =~ /(?m)^\[INFO\] ${platform} +\Q${wheels[i]}\E .* ${glibc} /
    assert report =~ /(?s)\Q${wheels[i]}\E<\/a>.{0,400}<td>${glibc}<\/td>/

    // wheel compares all files with RECORD.
    assert outputOf(target, '/usr/bin/python3', '-m', 'wheel', 'unpack', '--dest', 'unpacked-' + architecture, wheels[i]).contains('OK')

    // pip chooses it for a machine of its platform, and for no other.
    def tag = (wheels[i] =~ /manylinux_2_\d+_[a-z0-9_]+(?=\.whl)/)[0]
    def only = new File(target, 'only-' + architecture)
    only.mkdirs()
    new File(only, wheels[i]).bytes = wheel.bytes
    def download = { String wanted ->
        new ProcessBuilder('/usr/bin/python3', '-m', 'pip', 'download', '--no-index', '--no-deps', '--only-binary=:all:',
                '--find-links', only.path, '--platform', wanted, '--python-version', '3.11', '--dest',
                new File(target, 'chosen').path, 'counted').redirectErrorStream(true).start()
    }
    def chosen = download(tag)
    assert chosen.inputStream.text.contains(wheels[i])
    assert chosen.waitFor() == 0
    def refused = download('win_amd64')
    assert refused.inputStream.text.contains('No matching distribution found')
    assert refused.waitFor() != 0
}

// The one for this machine installs and counts.
outputOf(target, '/usr/bin/python3', '-m', 'pip', 'install', '--no-index', '--no-deps', '--target', 'site', wheels[2])
assert outputOf(target, 'env', 'PYTHONPATH=' + new File(target, 'site'), '/usr/bin/python3', '-c',
        'import counted; print(counted.letters("Grüße, 3 mal"))').trim() == '8'
assert log.contains('linux-aarch_64: <smokeTest> (-Dtravis-compile.smokeTest) was skipped')
assert !log.contains('linux-x86_64: <smokeTest>')
