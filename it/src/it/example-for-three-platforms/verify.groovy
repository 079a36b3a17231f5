def target = new File(basedir, 'target')
def platforms = ['linux-x86_64', 'linux-x86_32', 'linux-aarch_64']
def archives = platforms.collectEntries { [it, "example-for-three-platforms-1-${it}.tar.gz".toString()] }

assert target.list().findAll { it.endsWith('.tar.gz') } as Set == archives.values() as Set
assert ['sha256sum', '--check', '--strict', 'SHA256SUMS'].execute(null, target).waitFor() == 0

platforms.each { platform ->
    def unpacked = new File(target, 'unpacked/' + platform)
    unpacked.mkdirs()
    assert ['tar', '-xzf', new File(target, archives[platform]).path].execute(null, unpacked).waitFor() == 0
    assert unpacked.list() as Set == ['greet', 'libgreet_ffi.so', 'LICENSE', 'README.md'] as Set

    def smoke = new ProcessBuilder('bash', exampleDirectory + '/check/smoke.sh', unpacked.path, platform)
            .redirectErrorStream(true).start()
    def said = smoke.inputStream.text
    print said
    assert smoke.waitFor() == 0
    assert said.readLines() == [
        "smoke: ${platform}: greet says Hello, Ferris!", "smoke: ${platform}: libgreet_ffi.so says Hello, Ferris! (1.0.0)"]*.toString()
}

// The table at the end has a line for each, in the order of the POM.
def rows = new File(basedir, 'build.log').readLines().findAll { it =~ /greet, libgreet_ffi\.so|libgreet_ffi\.so, greet/ }
assert rows.size() == 3
for (i in 0..2) {
    def (row, platform) = [rows[i], platforms[i]]
    assert row =~ /^\[INFO\] ${platform} +\S+, \S+ +\d+\.\d [KM]iB +[0-9a-f]{12} +glibc 2\.\d+ +(\d+\.\d s|\d+:\d\d min) +built$/
}
