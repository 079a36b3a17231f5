def targets = [
        'linux-aarch_64-musl': 'aarch64-unknown-linux-musl',
        'windows-x86_32-gnu': 'i686-pc-windows-gnu',
        'linux-x86_64-musl': 'x86_64-unknown-linux-musl',
        'windows-x86_64-gnu': 'x86_64-pc-windows-gnu',
        'linux-aarch_64': 'aarch64-unknown-linux-gnu',
        'linux-x86_32': 'i686-unknown-linux-gnu',
]
def rustc = System.getenv('PATH').split(File.pathSeparator).collect { new File(it, 'rustc') }.find { it.canExecute() }
def folder = { triple ->
    new File([rustc, '--print', 'target-libdir', '--target', triple].execute().text.trim())
}
def absent = targets.find { !folder(it.value).list()?.any { it.startsWith('libcore-') } }
if (!absent) {
    println 'rustc has the standard library of every platform here.'
    return false
}

def rustup = new File(rustc.parentFile, 'rustup').canExecute()
def sysroot = new File([rustc, '--print', 'sysroot'].execute().text.trim())
def properties = new Properties()
properties.putAll([
        'absent.platform': absent.key,
        'expected': "The platform '$absent.key' cannot be compiled on this machine: rustc ".toString() +
                [rustc, '--version'].execute().text.split(' ')[1] +
                " has no standard library for $absent.value (there is none in ${folder(absent.value)}). " +
                (rustup ? "Run: rustup target add --toolchain $sysroot.name $absent.value. Or"
                        : "Install it beside $rustc, or") +
                ' leave the platform out of <platforms> (-Dtravis-compile.platforms).'
])
new File(basedir, 'test.properties').withOutputStream { properties.store(it, null) }
return true
