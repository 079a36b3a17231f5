assert new File(basedir, 'build.log').text.contains('Skipped, as travis-compile.skip is set.')
// Maven 4 itself writes to target.
assert !new File(basedir, 'target/travis-compile').exists()
assert !new File(basedir, 'target').list()?.any { it.endsWith('.tar.gz') }
