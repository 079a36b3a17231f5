def lines = new File(basedir, 'build.log').readLines()
def log = lines.join('\n')

// Whoever fails says so once, and where the lines of several modules mix, each says of which it is.
def platform = lines.find { it =~ /^\[INFO\] sound: \S+: delivered$/ }.find(/\S+(?=: delivered)/)
['broken', 'wrong'].each { module ->
    assert log.count("[INFO] $module: $platform: failed: did not compile") == 1
    assert log.count(":cross-compile (native) on project $module: $platform did not compile:") == 1
}
assert log.contains('[ERROR] error[E0308]: mismatched types')
assert log.contains('[ERROR] error[E0425]: cannot find function `missing` in this scope')
assert log =~ /\[INFO\] sound: \S+  sound  .*  built/

// What does not depend on them is built to the end.
assert log.contains('[INFO] Skipping dependent')
def archives = { new File(basedir, it + '/target').list().findAll { it.endsWith('.tar.gz') } }
assert archives('sound') == ["sound-1-${platform}.tar.gz".toString()]
assert archives('broken') == []
assert archives('wrong') == []
assert !new File(basedir, 'dependent/target').exists()
