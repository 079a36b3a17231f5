assert new File(basedir, 'build.log').text.contains('Skipped, as travis-compile.skip is set.')
assert !new File(basedir, 'target').exists()
