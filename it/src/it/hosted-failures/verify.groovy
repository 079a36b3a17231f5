import io.github.traviscompile.standin.Cloud

def cloud = context.cloud
try {
    def log = new File(basedir, 'build.log').text
    assert log.contains('does not accept the token (401')
    assert log.contains('linux-x86_64 did not compile:')
    assert log.contains('cannot find value `oops` in this scope')
    assert log.contains('The ngrok tunnel broke in the middle of the run')
    assert log.count('[DEBUG]') > 100 && log.contains('Caused by: ')

    assert cloud.repository().branches() == ['main']
    assert cloud.repository().pulls() == 2
    assert (1..2).every { cloud.repository().pull(it).path('state').asText() == 'closed' }

    def jobs = cloud.builds().builds()*.jobs().flatten()
    assert jobs.size() == 2 && jobs[0].state() in ['failed', 'canceled'] && jobs[1].state() == 'canceled'
    def secrets = jobs*.secrets().flatten()
    assert secrets.size() == 4
    secrets += [Cloud.GITHUB_TOKEN.value(), 'github_pat_that_nobody_knows', cloud.travis().token()]
    secrets += "alice:${Cloud.GITHUB_TOKEN.value()}".bytes.encodeBase64() as String
    secrets += "x-access-token:${Cloud.GITHUB_TOKEN.value()}".bytes.encodeBase64() as String
    secrets += 'authtoken-of-the-stand-in'
    def readable = [log] + cloud.repository().objects() + jobs*.log()
    secrets.each { secret -> readable.each { assert !it.contains(secret) } }
} finally {
    cloud.close()
}
return true
