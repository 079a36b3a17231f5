import java.nio.file.Files
import java.nio.file.Path

Files.createSymbolicLink(new File(basedir, 'leading-link/passwd').toPath(), Path.of('../../passwd'))
// In two pieces, or this file would look like a secret itself.
new File(basedir, 'secret/src/token.txt').text = 'the first line\n' + 'ghp_' + 'Aa1Bb2Cc3' * 4 + '\n'
return true
