def archive = new File(basedir, 'producer/target').listFiles().find { it.name.endsWith('.tar.gz') }

def deployed = new File(basedir, 'repository/it/producer/1/' + archive.name)
assert Arrays.equals(deployed.bytes, archive.bytes)
assert new File(deployed.path + '.sha1').text == archive.bytes.digest('SHA-1')

def installed = new File(localRepositoryPath, 'it/producer/1/' + archive.name)
assert Arrays.equals(installed.bytes, archive.bytes)

for (place in ['from-reactor', 'from-repository']) {
    def program = new File(basedir, 'consumer/target/' + place + '/producer')
    assert [program.path].execute().text.trim() == 'hello'
}
// In the third build the consumer was alone.
assert new File(basedir, 'build.log').text.split('Scanning for projects')[3] =~ /Downloaded from it: \S+\Q${archive.name}\E /
