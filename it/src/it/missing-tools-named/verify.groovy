def log = new File(basedir, 'build.log').text
def looked = { tool ->
    def mvn = new File(basedir, "target/without-$tool/mvn").text
    mvn.find(/\bPATH='([^']*)'/) { all, path -> path }.split(File.pathSeparator).findAll().unique().join(', ')
}
def refused = { sentence ->
    assert log.contains(":cross-compile (native) on project missing-tools-named: $sentence -> [Help 1]")
}

refused "There is no cargo on this machine to compile with; searched ${looked('cargo')}," +
        " $basedir/target/home/.cargo/bin. Install Rust as https://www.rust-lang.org/tools/install says, or set the" +
        ' environment variable CARGO.'
refused "Compiling on this machine needs bash, which was not found in ${looked('bash')}. Install it (on Windows: Git for" +
        ' Windows has it), or let another service compile: <ci> (-Dtravis-compile.ci).'
['curl', 'openssl'].each { tool ->
    refused "Compiling on this machine needs $tool, which was not found in ${looked(tool)}. Install it, or let another" +
            ' service compile: <ci> (-Dtravis-compile.ci).'
}
assert !new File(basedir, 'target').list().any { it.endsWith('.tar.gz') }
