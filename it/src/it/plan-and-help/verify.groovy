def (plan, verbose, help) = new File(basedir, 'build.log').getText('UTF-8').split('Scanning for projects')[1..3]
def crate = new File(basedir, 'crate').canonicalFile
def files = ['Cargo.lock', 'Cargo.toml', 'src/lib.rs', 'src/main.rs']
def bytes = files.sum { new File(crate, it).length() }

def said = { String log ->
    def lines = log.readLines()
    lines[lines.findIndexOf { it.startsWith('[INFO] Cargo project') }..lines.findLastIndexOf { it.startsWith('[WARNING]') }]
}
def head = [
    "[INFO] Cargo project  ${crate}",
    "[INFO] Packages       planned 0.1.0",
    "[INFO] Snapshot       4 files, ${bytes} bytes, from ${crate}"]*.toString()
def rest = [
    "[INFO] Toolchain      none here",
    "[INFO] linux-x86_64 (x86_64-unknown-linux-gnu) → local",
    "[INFO]   cargo build --target x86_64-unknown-linux-gnu --release --locked --package planned",
    "[INFO]   delivers planned in plan-and-help-1-linux-x86_64.tar.gz",
    "[INFO] windows-x86_64-gnu (x86_64-pc-windows-gnu) → local",
    "[INFO]   cargo build --target x86_64-pc-windows-gnu --release --locked --package planned",
    "[INFO]   delivers planned.exe in plan-and-help-1-windows-x86_64-gnu.tar.gz",
    "[WARNING] The environment variable CARGO names 'no/cargo', which is not an executable file. Correct or unset it."]
def listed = files.collect { String.format('[INFO]   %10d  %s', new File(crate, it).length(), it) }
assert said(plan) == head + rest
assert said(verbose) == head + listed + rest

for (goal in ['cross-compile', 'plan', 'check', 'clean-up', 'verify', 'help']) {
    assert help =~ /(?m)^travis-compile:${goal}$/
}

// Maven 4 itself writes to target.
assert !new File(basedir, 'target/travis-compile').exists()
assert !new File(basedir, 'target/it-cache').exists()
assert !new File(crate, 'target').exists()
