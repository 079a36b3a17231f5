def lines = new File(basedir, 'build.log').readLines()
def ran = { module -> lines.findAll { it.endsWith(" @ $module ---") }.collect { it.find(/:cross-compile \(([^)]+)\)/) { all, id -> id } }.findAll() }
def delivered = { module ->
    def names = new File(basedir, "$module/target").list() ?: []
    names.findAll { it =~ /\.(tar\.gz|zip)$/ }.collect { it.replaceFirst(/^.*-1-[^.]+\./, '') }.sort()
}

// Executions of a parent are its modules' too, unless it keeps them to itself.
assert ran('executions-of-all-kinds') == ['native', 'not-inherited']
assert ran('inherits') == ['native']
assert delivered('inherits') == ['tar.gz']

// What a module says of an inherited execution replaces the parent's word, or takes the execution away.
assert ran('overrides') == ['native']
assert delivered('overrides') == ['zip']
assert ran('without-phase') == []
assert delivered('without-phase') == []
assert ran('skips') == ['native']
assert lines.count('[INFO] Skipped, as travis-compile.skip is set.') == 1
assert delivered('skips') == []

// Two executions in one module: the second takes the finished leg, and the sums name the files of both.
assert ran('twice') == ['native', 'second']
assert delivered('twice') == ['tar.gz', 'zip']
assert lines.count { it =~ /: reused, since source, options and toolchain are those of / } == 1
def sums = new File(basedir, 'twice/target/SHA256SUMS').readLines()*.split('  ')*.getAt(1)
assert sums == sums.sort(false) && sums.size() == 4
assert sums.count { it =~ /\.(tar\.gz|zip)$/ } == 2
