def log = new File(basedir, 'build.log').text
assert log.contains('linux-aarch_64 did not compile:')
assert log.contains('error: failed to run custom build command for `builds-only-missing-legs ')
assert log.contains('this processor is broken today')
assert log.contains('The whole log is ' + new File(basedir, 'target/travis-compile/logs/linux-aarch_64.log').path + '.')
assert log.contains('Nothing was attached.')
assert !log.contains('The other legs')
assert !new File(basedir, 'target').list().any { it.endsWith('.tar.gz') || it == 'SHA256SUMS' }
