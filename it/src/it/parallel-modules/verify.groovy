def log = new File(basedir, 'build.log').text
assert log.contains('Using the MultiThreadedBuilder implementation with a thread count of 4')
// Maven may warn of what it does not find in a repository.
assert log.readLines().findAll { it.startsWith('[WARNING]') && !it.contains('Could not transfer metadata') } == []
// The project that only gathers the two has the plugin too.
assert log.count("[INFO] Nothing to compile: there is no Cargo.toml in ${basedir}, and this project, of packaging pom, only gathers others.") == 1

for (module in ['one', 'two']) {
    def target = new File(basedir, module + '/target')
    def archives = target.list().findAll { it.endsWith('.tar.gz') }
    assert archives.size() == 1
    assert archives[0].startsWith(module + '-1-')
    assert ['tar', '-xzf', archives[0]].execute(null, target).waitFor() == 0
    assert [new File(target, module).path].execute().text.trim() == module
}
