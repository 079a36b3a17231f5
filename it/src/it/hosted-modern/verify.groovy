import io.github.traviscompile.standin.ForeignMachines
import java.util.zip.ZipFile

def cloud = context.cloud
try {
    def target = new File(basedir, 'target')
    // By the word of the platform, what its files begin with: ELF and Mach-O tell the processor there, PE elsewhere.
    def begins = ['linux-x86_64': '7f454c46', 'linux-aarch_64': '7f454c46', 'osx-x86_64': 'cffaedfe07000001',
                  'osx-aarch_64': 'cffaedfe0c000001', 'windows-x86_64': '4d5a', 'windows-aarch_64': '4d5a']
    def jars = begins.keySet().collect { "hosted-modern-1-${it}.jar".toString() }
    assert target.list().findAll { it.endsWith('.jar') } as Set == jars as Set
    jars.each {
        assert Arrays.equals(new File(localRepositoryPath, "it/hosted-modern/1/$it").bytes, new File(target, it).bytes)
    }
    assert ['sha256sum', '--check', '--strict', 'SHA256SUMS'].execute(null, target).waitFor() == 0
    begins.each { platform, magic ->
        new ZipFile(new File(target, "hosted-modern-1-${platform}.jar")).withCloseable { jar ->
            def files = jar.entries().findAll { it.name =~ /hosted\.(so|dylib|dll)$/ }
            assert files.size() == 1
            byte[] bytes = jar.getInputStream(files[0]).bytes
            assert bytes.encodeHex().toString().startsWith(magic)
            // What was compiled for real exports what the crate has, and nothing that others made does.
            def real = platform.startsWith('linux') || ForeignMachines.areReal() && platform != 'windows-aarch_64'
            assert new String(bytes, 'ISO-8859-1').contains('hosted') == real
        }
    }

    // This Travis CI is none that is known to have no Macs.
    assert cloud.builds().builds()*.jobs().flatten()*.name() as Set == ['linux-aarch_64', 'osx-x86_64', 'osx-aarch_64'] as Set
    assert cloud.github().actions().runs()*.jobs().flatten()*.name() == ['windows-x86_64']
    def log = new File(basedir, 'build.log').text
    assert log.contains('windows-aarch_64: success')
    assert log =~ /(?m)^\[INFO\] linux-x86_64 .* built$/
    assert cloud.repository().branches() == ['main']
} finally {
    cloud.close()
}
return true
