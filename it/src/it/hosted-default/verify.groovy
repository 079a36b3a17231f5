def cloud = context.cloud
try {
    def target = new File(basedir, 'target')
    def platforms = ['linux-x86_64', 'linux-x86_32', 'osx-x86_64', 'osx-aarch_64']
    def archives = platforms.collect { "hosted-default-1-${it}.tar.gz".toString() }
    assert target.list().findAll { it.endsWith('.tar.gz') } as Set == archives as Set
    archives.each {
        assert Arrays.equals(new File(localRepositoryPath, "it/hosted-default/1/$it").bytes, new File(target, it).bytes)
    }
    assert ['sha256sum', '--check', '--strict', 'SHA256SUMS'].execute(null, target).waitFor() == 0

    assert cloud.github().actions().runs()*.jobs().flatten()*.name() as Set == platforms as Set
    assert cloud.builds().builds() == []
    assert cloud.repository().branches() == ['main']
} finally {
    cloud.close()
}
return true
