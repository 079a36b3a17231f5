def log = new File(basedir, 'build.log').readLines()
def start = log.findIndexOf { it.contains(':cross-compile (native) on project compile-error-shown: ') }
def platform = log[start].find(/[^ ]+(?= did not compile:$)/)
assert log[start].endsWith(": $platform did not compile:")

// The first error as rustc prints it, and no more: the rest is in the log.
assert log[(start + 1)..(start + 10)] == '''\
[ERROR] error[E0308]: mismatched types
[ERROR]  --> src/main.rs:2:23
[ERROR]   |
[ERROR] 2 |     let answer: u32 = "forty-two";
[ERROR]   |                 ---   ^^^^^^^^^^^ expected `u32`, found `&str`
[ERROR]   |                 |
[ERROR]   |                 expected due to this'''.readLines() + [
        "[ERROR] The whole log is $basedir/target/travis-compile/logs/${platform}.log.".toString(),
        '[ERROR] Nothing was attached.',
        '[ERROR] -> [Help 1]']
assert new File(basedir, "target/travis-compile/logs/${platform}.log").text.contains('cannot find function `missing`')

assert new File(basedir, 'target').list() as Set == ['travis-compile'] as Set
assert !new File(localRepositoryPath, 'it/compile-error-shown').exists()
