def runs = new File(basedir, 'build.log').text.split('Scanning for projects')[1..6]
def outputs = ['1-fresh', '2-source-changed', '3-flags-changed', '4-forced', '5-kept-files-altered', '6-as-before']

def says = outputs.collect { name ->
    def directory = new File(basedir, name)
    def archive = directory.list().find { it.endsWith('.tar.gz') }
    assert ['tar', '-xzf', archive].execute(null, directory).waitFor() == 0
    return [new File(directory, 'rebuilds-changed').path].execute().text.trim()
}
assert says == ['first', 'second', 'SECOND', 'second', 'second', 'second']

runs[0..4].each {
    assert it =~ /(?m): delivered$/
    assert it =~ /(?m)  rebuilds-changed  .*  built$/
    assert !it.contains('reused')
}
assert runs[5] =~ /(?m)  rebuilds-changed  .*  reused$/
assert !runs[5].contains(': delivered')
