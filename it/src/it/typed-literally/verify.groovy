def log = new File(basedir, 'build.log').text
assert log.contains('typed-literally-1-linux-x86_64.tar.gz') || new File(basedir, 'target').list().any { it.endsWith('.tar.gz') }
