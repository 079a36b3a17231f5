def cloud = context.cloud
try {
    def (local, hosted) = new File(basedir, 'build.log').getText('UTF-8').split('Scanning for projects')[1..2]
    // Each line is "[LEVEL] mark subject: sentence"; the mark is a word where the encoding has no signs.
    def found = { String log ->
        (log =~ /(?m)^\[(INFO|WARNING|ERROR)\] (✓|!|✗|ok|note|missing|broken) ([^:]+): (.*)$/).collect { it[1..4] }
    }
    def here = found(local)
    assert here*.getAt(0) as Set == ['INFO'] as Set
    assert here*.getAt(2)[0..5] == ['project', 'snapshot', 'bash', 'curl', 'openssl', 'Rust']
    assert here.size() == 7
    assert local.contains('All 7 prerequisites are there.')

    def there = found(hosted)
    assert there.findAll { it[0] == 'INFO' }*.getAt(2) == ['project', 'snapshot', 'GitHub token', 'Travis CI', 'tunnel']
    // Travis CI can take all that AppVeyor would have.
    assert there.findAll { it[0] == 'WARNING' }*.getAt(2) == ['AppVeyor']
    assert there.findAll { it[0] == 'ERROR' }*.getAt(2) == ['GitHub repository']
    assert there.find { it[2] == 'GitHub repository' }[3].contains('does not accept the token (401')
    assert hosted.contains(':check (default-cli) on project check-says-what-is-missing: 1 of 6 prerequisites is missing;' +
            ' the lines above say what to do.')

    // Nothing was changed, here or there, and nothing secret was said.
    assert cloud.repository().branches() == ['main']
    assert cloud.repository().pulls() == 0
    assert cloud.builds().builds().empty
    assert !new File(basedir, 'target/travis-compile').exists()
    assert !new File(basedir, 'target/it-cache').exists()
    assert !new File(basedir, 'crate/target').exists()
    ['github_pat_that_nobody_knows', cloud.travis().token(), 'appveyor-token-that-nobody-knows',
            'authtoken-of-the-stand-in'].each { assert !hosted.contains(it) }
} finally {
    cloud.close()
}
return true
