def properties = new Properties()
new File(basedir, 'test.properties').withReader { properties.load(it) }
def home = new File(properties.gpgHome)
try {
    def installed = new File(localRepositoryPath, 'it/signatures-cover-all-files/1')
    def files = installed.listFiles().findAll { it.name.startsWith('signatures-cover-all-files-1') && !it.name.endsWith('.asc') }
    assert files*.name.collect { it.replaceFirst(/^signatures-cover-all-files-1(-(linux|osx|windows)-\w+)?/, '') } as Set ==
            ['.pom', '.jar', '.intoto.json', '.cdx.json', '-all.jar'] as Set
    files.each { file ->
        def signature = new File(file.path + '.asc')
        def check = ['gpg', '--homedir', home.path, '--batch', '--verify', signature.path, file.path].execute()
        assert check.waitFor() == 0: check.errorStream.text
    }
} finally {
    ['gpgconf', '--homedir', home.path, '--kill', 'all'].execute().waitFor()
    home.deleteDir()
}
