def log = new File(basedir, 'build.log').text
def root = basedir.canonicalPath
def refused = { project, sentence ->
    assert log.contains(":cross-compile (native) on project $project: $sentence -> [Help 1]")
    // Once the profile allows it, it is built: nothing was left of the run that was refused.
    def archives = new File(basedir, "$project/target").list().findAll { it.endsWith('.tar.gz') }
    assert archives.size() == 1
    assert log =~ /\n\[INFO\] [^ ]+ +$project +.* built\n/
}

refused 'secret', 'The snapshot would contain possible secrets: src/token.txt:2 (a GitHub token). A snapshot is made to' +
        ' leave this machine, and cannot be called back. Remove them, name their files in .gitignore, leave those out' +
        ' with <excludes> (-Dtravis-compile.excludes), or name each file without a secret in <allowedSecrets>' +
        ' (-Dtravis-compile.allowedSecrets).'
refused 'leading-link', "The symbolic link 'passwd' leads out of the snapshot, to '../../passwd', which other machines" +
        ' lack. Replace it by its target, or leave it out with <excludes> (-Dtravis-compile.excludes).'
refused 'outside-dependency', "These dependencies lie outside of $root/outside-dependency, which is all that is taken" +
        " to where the legs compile: 'beside' at $root/beside (in $root/outside-dependency/Cargo.toml). Set" +
        ' <snapshotRoot> (-Dtravis-compile.snapshotRoot) to a directory that holds them too.'

assert !log.contains('Aa1Bb2Cc3')
