// Where Maven 4 keeps what a reactor built, and would find the files without any repository.
new File(basedir, 'target').deleteDir()
return true
