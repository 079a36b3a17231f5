def properties = new Properties()
new File(basedir, 'test.properties').withInputStream { properties.load(it) }
def log = new File(basedir, 'build.log').text
assert log.contains(":cross-compile (native) on project absent-standard-library-named: $properties.expected -> [Help 1]")
assert !new File(basedir, 'target').list().any { it.endsWith('.tar.gz') }
