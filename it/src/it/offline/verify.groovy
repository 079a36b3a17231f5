def target = new File(basedir, 'target')
def archive = target.list().find { it.endsWith('.tar.gz') }
assert ['tar', '-xzf', archive].execute(null, target).waitFor() == 0
assert [new File(target, 'offline').path].execute().text.trim() == 'true'
