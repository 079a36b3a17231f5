import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

// A key for this run alone. The agent's socket has a path of 107 bytes at most, so this is not below target.
def mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString('rwx------'))
def home = Files.createTempDirectory('gpg', mode).toFile()
def made = new ProcessBuilder('gpg', '--homedir', home.path, '--batch', '--passphrase', '', '--quick-generate-key',
        'it@example.org', 'default', 'default', 'never').redirectErrorStream(true).start()
def said = made.inputStream.text
assert made.waitFor() == 0: said
new File(basedir, 'test.properties').setText('gpgHome=' + home.path)
new File(localRepositoryPath, 'it/signatures-cover-all-files').deleteDir()
return true
