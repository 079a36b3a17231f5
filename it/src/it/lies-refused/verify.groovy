def log = new File(basedir, 'build.log').readLines()
def platform = log.find { it =~ /^\[INFO\] platform +files/ }.with { log[log.indexOf(it) + 1] }.split(' +')[1]
assert log.any { it =~ /^\[INFO\] $platform +(twice, libtwice\.so|libtwice\.so, twice) .* glibc 2\.\d+ .* built$/ }
assert new File(basedir, 'honest/target').list().any { it.endsWith('.tar.gz') }

// Each finding is a line, and the last says what came of it.
def refused = { project, String... findings ->
    def start = log.findIndexOf { it.contains(":cross-compile (native) on project $project: ") }
    def said = log.drop(start).takeWhile { !it.startsWith('[ERROR] -> [Help') }*.replaceFirst('^\\[ERROR\\] ', '')
    said[0] = said[0].split(" on project $project: ")[1]
    assert said.size() == findings.size() + 1
    findings.eachWithIndex { finding, i -> assert said[i] ==~ finding }
    assert said.last().startsWith('Nothing was attached.')
    assert !new File(basedir, "$project/target").list().any { it.endsWith('.tar.gz') || it == 'SHA256SUMS' }
    assert !new File(localRepositoryPath, "it/$project").exists()
}
def file = { name -> "The file '$name' for $platform " }
refused 'missing-export', file('libtwice.so') + "does not export 'thrice', though <requiredExports>" +
        ' \\(-Dtravis-compile\\.requiredExports\\) names it\\. Give such a function #\\[no_mangle\\] and pub extern "C", or' +
        ' correct <requiredExports>\\.'
refused 'old-glibc', *['libtwice.so', 'twice'].collect {
    file(it) + "needs glibc (2\\.[\\d.]+) \\(GLIBC_\\1 of .*\\), but <glibc> \\(-Dtravis-compile\\.glibc\\) is 2\\.1\\." +
            ' Link it with cargo-zigbuild, compile it on a system with that glibc or an older one, or raise' +
            ' <glibc>\\. Hosted machines use cargo-zigbuild, and this one does if it and zig are on the PATH\\.'
}
refused 'foreign-rpath', file('libtwice.so') + "looks for libraries in '/home/alice/lib' \\(rpath\\), which exists" +
        ' only on the machine that compiled it\\. Begin the path with \\$ORIGIN, or remove it from the linker\'s' +
        ' arguments: in build\\.rs, or in RUSTFLAGS of <environment>\\.'
refused 'damaged', *['libtwice.so', 'twice'].collect {
    file(it) + 'is not a valid ELF file: .*, at offset \\d+\\. It is damaged, or not a compiler\'s output: compile it' +
            ' again, with <forceBuild> \\(-Dtravis-compile\\.forceBuild\\) if it was kept from an earlier run\\.'
}
