import io.github.traviscompile.standin.Cloud

// What is left of a hosted build for the four platforms of 2016, whatever its tunnel was. Closes the cloud.
def cloud = context.cloud
try {
    def name = basedir.name
    def target = new File(basedir, 'target')
    def platforms = ['linux-x86_64', 'linux-x86_32', 'osx-x86_64', 'osx-x86_32']
    def archives = platforms.collectEntries { [it, "$name-1-${it}.tar.gz".toString()] }
    assert target.list().findAll { it.endsWith('.tar.gz') } as Set == archives.values() as Set
    assert ['sha256sum', '--check', '--strict', 'SHA256SUMS'].execute(null, target).waitFor() == 0

    // What Linux runs says so; what a Mac would run begins as Mach-O for the right processor (mach-o/loader.h).
    def headers = ['osx-x86_64': 'cffaedfe07000001', 'osx-x86_32': 'cefaedfe07000000']
    platforms.each { platform ->
        def installed = new File(localRepositoryPath, "it/$name/1/${archives[platform]}")
        assert Arrays.equals(installed.bytes, new File(target, archives[platform]).bytes)

        def unpacked = new File(target, 'unpacked/' + platform)
        unpacked.mkdirs()
        assert ['tar', '-xzf', installed.path].execute(null, unpacked).waitFor() == 0
        def linux = platform.startsWith('linux')
        assert unpacked.list() as Set == ['hosted', linux ? 'libhosted.so' : 'libhosted.dylib'] as Set
        def program = new File(unpacked, 'hosted')
        if (linux) {
            def emulator = platform == 'linux-x86_32' ? ['qemu-i386', '-L', '/usr/i686-linux-gnu'] : []
            assert (emulator + program.path).execute().text.trim() == "hello from ${platform == 'linux-x86_32' ? 32 : 64} bits"
        } else {
            assert program.bytes[0..7].collect { String.format('%02x', it) }.join() == headers[platform]
        }
    }

    // GitHub is as it was before but for a closed pull request, and so is the checkout.
    assert cloud.repository().branches() == ['main']
    assert cloud.repository().pulls() == 1
    def pull = cloud.repository().pull(1)
    assert pull.path('state').asText() == 'closed'
    assert !pull.path('merged').asBoolean()
    assert cloud.builds().builds().size() == 1
    assert cloud.builds().builds()[0].jobs()*.state() == ['passed'] * 4
    assert evaluate(new File(projectsDirectory, 'untouched.groovy')) == context.before

    // No token, and nothing of what the legs were told in secret, stands where anyone can read.
    def jobs = cloud.builds().builds()[0].jobs()
    def secrets = jobs*.secrets().flatten()
    assert secrets.size() == 8
    secrets += [Cloud.GITHUB_TOKEN.value(), cloud.travis().token(), 'authtoken-of-the-stand-in']
    secrets += "alice:${Cloud.GITHUB_TOKEN.value()}".bytes.encodeBase64() as String
    secrets += "x-access-token:${Cloud.GITHUB_TOKEN.value()}".bytes.encodeBase64() as String
    def readable = [new File(basedir, 'build.log').text, pull.toString()] + cloud.repository().objects() + jobs*.log()
    secrets.each { secret -> readable.each { assert !it.contains(secret) } }
} finally {
    // Fails if GitHub was spoken to otherwise than it describes.
    cloud.close()
}
