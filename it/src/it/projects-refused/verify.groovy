def log = new File(basedir, 'build.log').text
def root = basedir.canonicalPath
def refused = { project, sentence ->
    assert log.contains(":cross-compile (native) on project $project: $sentence -> [Help 1]")
    assert !new File(basedir, "$project/target").exists()
}

refused 'no-manifest', "There is no Cargo.toml at $root/no-manifest. Point <cargoProject>" +
        ' (-Dtravis-compile.cargoProject) to the directory of a Cargo project.'
refused 'not-toml', "The file $root/not-toml/Cargo.toml is not TOML: line 2, column 17: Unexpected end of line," +
        ' expected " or a character. Correct it there.'
refused 'neither-package-nor-workspace', "The manifest $root/neither-package-nor-workspace/Cargo.toml has neither" +
        ' [package] nor [workspace]. Point <cargoProject> (-Dtravis-compile.cargoProject) to a Cargo project.'
refused 'nothing-to-deliver', "There is nothing to deliver of nothing-to-deliver in $root/nothing-to-deliver: no" +
        " binary, and no library of the type cdylib, staticlib or dylib. Set 'crate-type' in [lib], or name other" +
        ' packages in <packages> (-Dtravis-compile.packages).'
refused 'inactive-features', "There is nothing to deliver of inactive-features in $root/inactive-features: the" +
        ' binaries require features that are not active. Name those in <features> (-Dtravis-compile.features).'
refused 'undecided-workspace', "The Cargo workspace $root/undecided-workspace does not say which of its packages to" +
        ' deliver: client, server. Name those you want in <packages> (-Dtravis-compile.packages), or in' +
        " 'workspace.default-members' of its Cargo.toml."

assert log.readLines().contains('[INFO] Packages       client 0.1.0')
