def log = new File(basedir, 'build.log').text
def crate = new File(basedir, 'crate').canonicalPath
def refused = { project, sentence ->
    assert log.contains(":cross-compile (native) on project $project: $sentence -> [Help ")
    assert !new File(basedir, "$project/target").list()?.any { it.endsWith('.tar.gz') || it == 'SHA256SUMS' }
}

refused 'unknown-platform', "The platform 'linux-x86-64' in <platforms> (-Dtravis-compile.platforms) is neither a" +
        " platform, nor the Rust target of one, nor a preset. Did you mean 'linux-x86_64'? Known are: classic," +
        ' linux-aarch_64, linux-aarch_64-musl, linux-x86_32, linux-x86_64, linux-x86_64-musl, modern, osx-aarch_64,' +
        ' osx-universal2, osx-x86_32, osx-x86_64, windows-aarch_64, windows-x86_32, windows-x86_32-gnu, windows-x86_64,' +
        ' windows-x86_64-gnu.'
refused 'unknown-service', "There is no service 'travsi', as <ci> (-Dtravis-compile.ci) says. Did you mean 'travis'?" +
        ' Known are: appveyor, auto, github-actions, local, travis.'
refused 'no-repository', 'Compiling on hosted services needs a GitHub repository of yours to carry the builds. Name it,' +
        ' such as alice/builds, in <repository> (-Dtravis-compile.repository), or set <ci>local</ci>' +
        ' (-Dtravis-compile.ci=local) to compile on this machine.'
def noName = "'nonsense' does not name a repository on GitHub. Write its owner, a slash and its name, such as" +
        ' alice/builds, into <repository> (-Dtravis-compile.repository).'
refused 'no-repository-name', noName
assert log.contains(":plan (planned) on project no-repository-name-planned: $noName -> [Help ")
refused 'unknown-feature', "There is no feature 'tsl' in the Cargo project $crate. Known are: tls. Correct <features>" +
        ' (-Dtravis-compile.features).'
refused 'unknown-package', "There is no package 'crat' in the Cargo project $crate. Did you mean 'crate'? Known are:" +
        ' crate. Correct <packages> (-Dtravis-compile.packages).'
refused 'unknown-profile', "There is no profile 'relase' in the Cargo project $crate. Did you mean 'release'? Known are:" +
        ' bench, dev, release, test. Correct <profile> (-Dtravis-compile.profile).'
refused 'no-time', 'The parameter <timeoutMinutes> (-Dtravis-compile.timeoutMinutes) is 0, which leaves nothing to' +
        ' work with. Set it to at least 1.'
refused 'no-jobs', 'The parameter <localJobs> (-Dtravis-compile.localJobs) is 0, which leaves nothing to work with.' +
        ' Set it to at least 1.'
refused 'snapshot-root-elsewhere', "The snapshot's root '$basedir.canonicalPath/snapshot-root-elsewhere' does not hold" +
        " the Cargo project $crate. Set <snapshotRoot> (-Dtravis-compile.snapshotRoot) to a directory that does."
refused 'snapshot-root-absent', "There is no directory '$basedir/snapshot-root-absent/absent', as <snapshotRoot>" +
        " (-Dtravis-compile.snapshotRoot) says. Set it to one that holds the Cargo project $crate."
def file = "'$basedir/output-directory-is-a-file/pom.xml'"
refused 'output-directory-is-a-file', "The directory $file for the archives cannot be created: file already exists, $file." +
        ' Make it writable, or name another one in <outputDirectory> (-Dtravis-compile.outputDirectory).'

// The reason is the operating system's, in its language.
def work = "The directory '$basedir/build-directory-is-a-file/pom.xml/travis-compile' for the run's own files cannot be" +
        ' used: '
def remedy = ' Make it writable or free space there; it lies in the build directory of the Maven project, or else under' +
        " 'target' of <cargoProject> (-Dtravis-compile.cargoProject). -> [Help "
assert log.readLines().any { it.contains(" on project build-directory-is-a-file: $work") && it.contains(remedy) }

// Maven's own words, which name the parameter and the value.
assert log.contains("for parameter timeoutMinutes: Cannot convert 'soon' to int")

// Where rustc is not rustup's, there is one toolchain only.
def toolchain = "The toolchain '0.0.1' of <toolchain> (-Dtravis-compile.toolchain) "
assert log.readLines().any {
    it.contains(" on project unknown-toolchain: $toolchain") &&
            (it.contains(' does not run on this machine: ') && it.contains(' Run: rustup toolchain install 0.0.1. ->') ||
            it.contains(' is not the one of this machine: ') && it.contains(' Install rustup, or leave <toolchain> out. ->'))
}
