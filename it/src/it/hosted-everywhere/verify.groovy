def cloud = context.cloud
try {
    def target = new File(basedir, 'target')
    def platforms = ['linux-x86_64', 'osx-x86_64', 'osx-aarch_64', 'osx-x86_32']
    assert target.list().findAll { it.endsWith('.tar.gz') } as Set ==
            platforms.collect { "hosted-everywhere-1-${it}.tar.gz".toString() } as Set
    assert ['sha256sum', '--check', '--strict', 'SHA256SUMS'].execute(null, target).waitFor() == 0

    assert cloud.github().actions().runs()*.jobs().flatten()*.name() == ['osx-x86_64']
    assert cloud.builds().builds()*.jobs().flatten()*.name() == ['osx-x86_32']
    def log = new File(basedir, 'build.log').text
    assert log.contains('osx-aarch_64: success')
    assert cloud.repository().branches() == ['main']
    assert cloud.repository().pulls() == 1
    assert cloud.repository().pull(1).path('state').asText() == 'closed'
} finally {
    cloud.close()
}
return true
