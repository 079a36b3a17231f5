assert new File(basedir, 'target').list().any { it.endsWith('.tar.gz') }
assert evaluate(new File(basedir, 'files.groovy')) == context.before
