def runs = new File(basedir, 'build.log').text.split('Scanning for projects')[1..3]
def archives = ['first', 'second', 'third'].collect { new File(basedir, it).listFiles().find { it.name.endsWith('.tar.gz') } }

// Besides, cargo says its version for the provenance.
def calls = new File(basedir, 'cargo-calls').readLines()
assert calls.size() == 2 && calls[1] == '--version'
// As the goal plan prints it.
assert calls[0] ==~ /build --target \S+ --release --locked --package reuses-unchanged/

assert runs[0] =~ /(?m): delivered$/
assert runs[0] =~ /(?m)  reuses-unchanged  .*  built$/
for (run in runs[1..2]) {
    assert run =~ /(?m): reused, since source, options and toolchain are those of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(-Dtravis-compile\.forceBuild compiles it again\)$/
    assert run =~ /(?m)  reuses-unchanged  .*  reused$/
    assert !run.contains(': delivered')
}

for (archive in archives[1..2]) {
    assert archive.name == archives[0].name
    assert Arrays.equals(archive.bytes, archives[0].bytes)
}
