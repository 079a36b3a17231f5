def cloud = context.cloud
try {
    def target = new File(basedir, 'target')
    def emulators = ['linux-x86_64': [], 'linux-aarch_64': ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu']]
    assert target.list().findAll { it.endsWith('.tar.gz') } as Set ==
            emulators.keySet().collect { "hosted-artifacts-1-${it}.tar.gz".toString() } as Set
    assert ['sha256sum', '--check', '--strict', 'SHA256SUMS'].execute(null, target).waitFor() == 0
    emulators.each { platform, emulator ->
        def unpacked = new File(target, 'unpacked/' + platform)
        unpacked.mkdirs()
        def archive = new File(target, "hosted-artifacts-1-${platform}.tar.gz")
        assert ['tar', '-xzf', archive.path].execute(null, unpacked).waitFor() == 0
        assert unpacked.list() as Set == ['hosted', 'libhosted.so'] as Set
        assert (emulator + new File(unpacked, 'hosted').path).execute().text.trim() == 'hello from 64 bits'
    }

    // Chosen and said, once by the run and once by the plan; nothing of a tunnel's was fetched.
    def lines = new File(basedir, 'build.log').readLines()
    def chosen = lines.findAll { it.contains('No tunnel is configured') }
    assert chosen.size() == 1
    assert chosen[0].contains('all hosted legs are on GitHub Actions: they leave their files there as artifacts')
    assert lines.any { it.contains('Delivery       by artifacts of GitHub Actions, without a tunnel: neither <tunnel>') }
    assert lines.every { !it.contains('ngrok-java') }

    // What was kept is gone.
    def runs = cloud.github().actions().runs()
    assert runs*.jobs().flatten()*.name() as Set == emulators.keySet()
    assert runs*.artifacts().flatten().size() == 2
    assert runs*.artifacts().flatten().every { it.isDeleted() }
    assert cloud.repository().branches() == ['main']
    assert cloud.repository().pulls() == 0
} finally {
    cloud.close()
}
return true
