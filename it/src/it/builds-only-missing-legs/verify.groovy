def run = new File(basedir, 'build.log').text.split('Scanning for projects')[2]
assert run =~ /(?m) linux-x86_64: reused, since /
assert !run.contains('linux-x86_64: delivered')
assert run =~ /(?m) linux-x86_32: delivered$/
assert run =~ /(?m) linux-aarch_64: delivered$/
assert run =~ /(?m) linux-x86_64 +builds-only-missing-legs .* reused$/
assert run =~ /(?m) linux-x86_32 +builds-only-missing-legs .* built$/
assert run =~ /(?m) linux-aarch_64 +builds-only-missing-legs .* built$/

assert new File(basedir, 'target').list().findAll { it.endsWith('.tar.gz') } as Set == ['linux-x86_64', 'linux-x86_32', 'linux-aarch_64']
        .collect { "builds-only-missing-legs-1-${it}.tar.gz".toString() } as Set
