assert new File(basedir, 'target').list().any { it.startsWith('attaches-nothing-when-told-1-') && it.endsWith('.tar.gz') }
assert new File(localRepositoryPath, 'it/attaches-nothing-when-told/1').list().any { it.endsWith('.pom') }
assert !new File(localRepositoryPath, 'it/attaches-nothing-when-told/1').list().any { it.endsWith('.tar.gz') }
