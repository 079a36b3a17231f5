def target = new File(basedir, 'größe und \'mehr\' "davon" $HOME/target')
def archive = target.list().find { it.endsWith('.tar.gz') }
assert ['tar', '-xzf', archive].execute(null, target).waitFor() == 0
assert [new File(target, 'odd').path].execute().inputStream.getText('UTF-8') == 'grüße'
