import io.github.traviscompile.standin.Cloud

def cloud = context.cloud
try {
    assert new File(basedir, 'build.log').text.contains("Building bound to ${cloud.githubApi()} 1")

    def remote = cloud.githubWeb().resolve("/${Cloud.SLUG}.git") as String
    def basic = "alice:${Cloud.GITHUB_TOKEN.value()}".bytes.encodeBase64()
    def git = ['git', '-c', "http.extraHeader=Authorization: Basic $basic", 'ls-remote', remote]*.toString().execute()
    assert git.text.contains('refs/heads/main')
    assert git.waitFor() == 0
} finally {
    cloud.close()
}
