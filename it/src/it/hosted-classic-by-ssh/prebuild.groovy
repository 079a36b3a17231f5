import io.github.traviscompile.standin.OpenSshd
import io.github.traviscompile.standin.SshHome
import io.github.traviscompile.standin.TunnelEdge
import java.net.ServerSocket

evaluate(new File(projectsDirectory, 'cloud.groovy'))
context.before = evaluate(new File(projectsDirectory, 'untouched.groovy'))

// The home that invoker.properties names.
def folder = new File(basedir.parentFile.parentFile, 'homes/' + basedir.name)
assert !folder.exists() || folder.deleteDir()
def home = new SshHome(folder.toPath())
def key = home.directory().resolve('.ssh/id_ed25519')
OpenSshd.generateKey(key, 'ed25519', '')
context.sshd = new OpenSshd(home.directory().resolve('server'), 'ed25519')
Runtime.runtime.addShutdownHook(new Thread({ context.sshd.close() }))
context.sshd.authorize(key.resolveSibling('id_ed25519.pub'))
home.pin('', '127.0.0.1', context.sshd.port(), context.sshd.hostKey())

// The web server on the host of the sshd, which passes on to the port that is forwarded.
def remotePort = new ServerSocket(0, 1, InetAddress.loopbackAddress).withCloseable { it.localPort }
context.edge = new TunnelEdge(URI.create("http://127.0.0.1:$remotePort"))
def tunnel = "ssh://${OpenSshd.user()}@127.0.0.1:${context.sshd.port()}?publicUrl=${context.edge.uri()}&remotePort=$remotePort"
def file = new File(basedir, 'test.properties')
def properties = new Properties()
file.withInputStream { properties.load(it) }
properties.setProperty('travis-compile.tunnel', tunnel.toString())
file.withOutputStream { properties.store(it, null) }
return true
