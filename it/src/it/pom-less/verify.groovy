def check = { String directory, String name ->
    def output = new File(basedir, directory + 'target/travis-compile')
    def archives = output.list().findAll { it.endsWith('.tar.gz') }
    assert archives.size() == 1
    assert archives[0].startsWith(name + '-0.1.0-')
    def sums = new File(output, 'SHA256SUMS').readLines()
    assert sums.collect { it.replaceFirst(/^[0-9a-f]{64} [ *]/, '') } ==
            ['.cdx.json', '.intoto.json', '.tar.gz'].collect { archives[0] - '.tar.gz' + it }
    assert ['tar', '-xzf', archives[0]].execute(null, output).waitFor() == 0
    assert [new File(output, name).path].execute().text.trim() == 'hello'
}
check('', 'here')
check('elsewhere/', 'there')

// Expressions that Maven leaves as they are where there is no project would have become directories.
assert !basedir.list().any { it.contains('$') }
