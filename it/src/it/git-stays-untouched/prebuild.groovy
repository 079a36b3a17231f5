def git = { String... words ->
    assert (['git', '-c', 'user.name=it', '-c', 'user.email=it@example.org'] + words.toList()).execute(null, basedir).waitFor() == 0
}
new File(basedir, '.gitignore').text = 'target/\nbuild.log\n'
git('init', '--quiet')
git('add', '--all')
git('commit', '--quiet', '--message=First')
// Something of every kind: staged, changed since, and unknown to git.
def source = new File(basedir, 'crate/src/main.rs')
source << '// staged\n'
git('add', '--update')
source << '// not staged\n'
new File(basedir, 'crate/src/unknown.rs').text = '// unknown\n'

def files = evaluate(new File(basedir, 'files.groovy'))
assert files.size() > 20
context.before = files
return true
