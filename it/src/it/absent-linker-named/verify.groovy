def foreign = new Properties()
new File(basedir, 'test.properties').withReader { foreign.load(it) }
def (platform, cpu) = [foreign.'foreign.platform', foreign.cpu]
def log = new File(basedir, 'build.log').text
def mvn = new File(basedir, 'target/without-linker/mvn').text
def looked = mvn.find(/\bPATH='([^']*)'/) { all, path -> path }.split(File.pathSeparator).findAll().unique().join(', ')

assert log.contains(":cross-compile (native) on project absent-linker-named: The platform '$platform' cannot be linked on" +
        " this machine: no $cpu-linux-gnu-gcc was found in $looked, $basedir/target/without-linker/bin. Install the" +
        " package gcc-${cpu.replace('_', '-')}-linux-gnu (Debian, Ubuntu) or gcc-$cpu-linux-gnu (Fedora), set" +
        " CARGO_TARGET_${cpu.toUpperCase(Locale.ROOT)}_UNKNOWN_LINUX_GNU_LINKER, or leave the platform out of" +
        ' <platforms> (-Dtravis-compile.platforms). -> [Help 1]')
assert !new File(basedir, 'target').list().any { it.endsWith('.tar.gz') }
