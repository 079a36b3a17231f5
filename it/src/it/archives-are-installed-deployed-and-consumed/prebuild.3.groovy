// Where Maven 4 keeps what a reactor built, and would find the archive without any repository.
assert new File(basedir, 'target').deleteDir()
