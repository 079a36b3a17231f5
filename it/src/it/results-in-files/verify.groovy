import groovy.json.JsonSlurper

def results = new File(basedir, 'one/target/results').canonicalFile
def logs = new File(basedir, 'build.log').getText('UTF-8').split('Scanning for projects')[1..6]

// The slurper takes the whole file: what Maven writes to the console would be an error.
def parsed = { String name -> new JsonSlurper().parse(new File(results, name), 'UTF-8') }
def plan = parsed('plan.json')
assert plan.keySet() as List == ['version', 'plugin', 'project', 'packages', 'snapshot', 'toolchain', 'legs', 'merged', 'warnings']
assert plan.version == 1
assert plan.packages == [[name: 'one', version: '0.1.0']]

def check = parsed('check.json')
assert check.keySet() as List == ['version', 'plugin', 'passed', 'results']
assert check.version == 1
assert check.passed
assert check.results.every { it.keySet() as List == ['subject', 'state', 'sentence'] && it.state == 'ready' }
assert check.results*.subject[0..5] == ['project', 'snapshot', 'bash', 'curl', 'openssl', 'Rust']
assert logs[1].contains('All 7 prerequisites are there.')

def missing = parsed('missing.json')
assert !missing.passed
def bad = missing.results.findAll { it.state == 'missing' }
assert bad*.subject == ['Rust']
assert bad[0].sentence.contains('0.0.1')
assert logs[2].contains("1 of 6 prerequisites is missing; ${results}/missing.json says what to do.")

def verify = parsed('verify.json')
assert verify.files*.platform == ['linux-x86_64']
assert verify.files*.passed == [true]
assert verify.files[0].facts.glibc == '2.7'

// The console says in one line where each is, and nothing of what is in them.
['plan', 'check', 'check', 'verify'].eachWithIndex { goal, i ->
    def file = ['plan.json', 'check.json', 'missing.json', 'verify.json'][i]
    assert logs[i].contains("[INFO] The goal ${goal} wrote its result to ${results}/${file}.")
    assert !(logs[i] =~ /(?m)^.*("version"|"files"|✓|Cargo project)/)
}
assert results.list() as Set == ['plan.json', 'check.json', 'missing.json', 'verify.json', 'plan.txt'] as Set

// A relative path is each module's own, and an absolute one the first one's.
assert new File(results, 'plan.txt').getText('UTF-8').contains('Packages       one 0.1.0\n')
assert new File(basedir, 'two/target/results/plan.txt').getText('UTF-8').contains('Packages       two 0.1.0\n')
def both = new File(basedir, 'target/both.json').canonicalFile
assert new JsonSlurper().parse(both, 'UTF-8').packages == [[name: 'one', version: '0.1.0']]
assert logs[5].contains("The goal plan (planned) of two would replace '${both}', which the goal plan (planned) of" +
        ' one writes in the same build.')
