// Needs, besides what compiles for three platforms, setuptools-rust and PyO3 as Debian has them.
def python = ['/usr/bin/python3', '-c', 'import setuptools, setuptools_rust, wheel, pip']
def missing = []
if (!new File(python[0]).canExecute() || python.execute().waitFor() != 0) {
    missing << 'python3-pip, python3-wheel and python3-setuptools-rust'
}
if (!new File('/usr/share/cargo/registry').list()?.any { it.startsWith('pyo3-0.17') }) {
    missing << 'librust-pyo3-dev'
}
if (missing) {
    println 'Skipped, as this machine lacks ' + missing.join(' and ') + ' (of Debian 12).'
}
return missing.empty && evaluate(new File(projectsDirectory, 'cross-toolchain.groovy'))
