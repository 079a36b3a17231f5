// Maven may warn of what it does not find in a repository.
def warnings = new File(basedir, 'build.log').readLines().findAll { it.startsWith('[WARNING]') && !it.contains('Could not transfer metadata') }
assert warnings.size() == 1
assert warnings[0].startsWith('[WARNING] None of <ci>, <platforms> and <repository> is set, so this machine compiles for its own platform alone.')
assert warnings[0].contains('-Dtravis-compile.ci=local')
assert warnings[0].contains('-Dtravis-compile.platforms')

def target = new File(basedir, 'target')
def archives = target.list().findAll { it.endsWith('.tar.gz') }
assert archives.size() == 1
assert ['tar', '-xzf', archives[0]].execute(null, target).waitFor() == 0
assert [new File(target, 'default').path].execute().text.trim() == 'hello'
