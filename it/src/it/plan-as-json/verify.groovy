import groovy.json.JsonSlurper

def crate = new File(basedir, 'crate').canonicalFile
def bytes = ['Cargo.lock', 'Cargo.toml', 'src/lib.rs', 'src/main.rs'].sum { new File(crate, it).length() }

// Maven 4 says of each line where it comes from, and --raw-streams is unknown to Maven 3.
def printed = new File(basedir, 'build.log').getText('UTF-8').replace('[INFO] [stdout] ', '')
def document = new JsonSlurper().parseText(printed.substring(printed.indexOf('{\n  "version"'), printed.lastIndexOf('}') + 1))
assert document.project == crate.path
assert document.snapshot == [root: crate.path, count: 4, bytes: bytes]
assert document.legs*.platform == ['linux-x86_64', 'windows-x86_64-gnu']
assert document.legs*.artifacts.flatten() ==
        ['linux-x86_64', 'windows-x86_64-gnu'].collect { "plan-as-json-1-${it}.tar.gz".toString() }
assert document.legs[0].cargo.join(' ') == 'build --target x86_64-unknown-linux-gnu --release --locked --package planned'
assert document.warnings.size() == 1

// Maven 4 itself writes to target.
assert !new File(basedir, 'target/travis-compile').exists()
assert !new File(basedir, 'target/it-cache').exists()
assert !new File(crate, 'target').exists()
