// Whether this machine compiles and links for all three platforms that some projects ask for; says what is missing.
def rustc = System.getenv('RUSTC') ?: 'rustc'
def missing = []
['x86_64', 'i686', 'aarch64'].each { processor ->
    def query = [rustc, '--print', 'target-libdir', '--target', processor + '-unknown-linux-gnu'].execute()
    if (!new File(query.text.trim()).list()?.any { it.startsWith('libcore-') }) {
        missing << "the standard library for ${processor}-unknown-linux-gnu beside ${rustc}"
    }
    def own = System.getProperty('os.arch').replace('amd64', 'x86_64') == processor
    def tools = own ? ['cc'] : [processor + '-linux-gnu-gcc', 'qemu-' + processor.replace('i686', 'i386')]
    missing += tools.findAll { tool -> !System.getenv('PATH').split(File.pathSeparator).any { new File(it, tool).canExecute() } }
}
if (missing) {
    println 'Skipped, as this machine lacks ' + missing.join(', ') + '.'
}
return missing.empty
