import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
def shown = { String file, String rest -> assert log =~ "(?m)^\\[INFO\\] \\S*\\Q$file\\E +$rest" }
shown 'jna.so', 'linux-x86_64 +passed +shared library +glibc 2\\.7 +\\d+ +libc\\.so\\.6$'
shown 'jna.dylib', 'osx-aarch_64 +passed +shared library +macOS 11\\.0 +\\d+ +/System/Library/'
shown 'jna.dll', 'windows-x86_64 +passed +shared library +\\d+ +PSAPI\\.DLL and KERNEL32\\.dll$'
shown 'prebuild.groovy', 'linux-x86_64 +failed$'

def document = log.substring(log.indexOf('{\n  "files"'), log.indexOf('\n}\n') + 2)
def files = new JsonSlurper().parseText(document).files
assert files*.platform == ['linux-x86_64', 'osx-aarch_64', 'windows-x86_64']
assert files*.passed == [true] * 3
assert files[0].facts.glibc == '2.7'
assert files[1].facts['minimum macOS'] == '11.0'

// All findings of all files at once.
def failure = log.substring(log.indexOf('Failed to execute goal'))
['jna.so\' for linux-x86_64 needs glibc 2.7 (GLIBC_2.7 of libc.so.6), but <glibc> (-Dtravis-compile.glibc) is 2.5',
        'jna.dylib\' is a Mach-O shared library for aarch_64 on macOS, but an ELF shared library for',
        "prebuild.groovy' is not a valid binary: it begins with none of the known marks"].each { assert failure.contains(it) }
// Without a module, a relative path starts where Maven was started.
assert new JsonSlurper().parse(new File(basedir, 'found/verify.json'), 'UTF-8').files == files
assert !new File(basedir, 'target').exists()
