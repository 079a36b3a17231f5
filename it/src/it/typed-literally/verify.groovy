assert new File(basedir, 'target').list().any { it.startsWith('typed-literally-1-') && it.endsWith('.tar.gz') }
