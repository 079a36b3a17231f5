// A checkout of git's below basedir, 'crate', with something of every kind in it: staged, changed since, and unknown.
// Gives a picture of it, .git included; the first time it makes the checkout.
def crate = new File(basedir, 'crate')
if (!new File(crate, '.git').exists()) {
    def git = { String... words ->
        assert (['git', '-c', 'user.name=it', '-c', 'user.email=it@example.org'] + words.toList()).execute(null, crate).waitFor() == 0
    }
    new File(crate, '.gitignore').text = 'target/\n'
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--message=First')
    def source = new File(crate, 'src/lib.rs')
    source << '// staged\n'
    git('add', '--update')
    source << '// not staged\n'
    new File(crate, 'src/unknown.rs').text = '// unknown\n'
}
def files = [:]
crate.eachFileRecurse {
    files[crate.toPath().relativize(it.toPath()).toString()] = it.directory ? 'directory' : [it.lastModified(), it.bytes.digest('SHA-256')]
}
assert files.size() > 20
return files
