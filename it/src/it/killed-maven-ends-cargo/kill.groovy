import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

// Beside the Maven that the invoker is about to start: sends it the signal as soon as the build script runs.
def said = new File(basedir, 'build-script')
said.delete()
context.children = CompletableFuture.supplyAsync {
    def deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120)
    while (said.length() == 0) {
        assert System.nanoTime() < deadline: 'The build script does not start.'
        Thread.sleep(50)
    }
    def buildScript = ProcessHandle.of(said.text as long).get()
    def maven = buildScript
    while (!maven.info().command().orElse('').endsWith('/java')) {
        maven = maven.parent().get()
    }
    def children = maven.descendants().toList()
    assert buildScript in children
    assert ['kill', '-s', context.signal, maven.pid() as String].execute().waitFor() == 0
    return children
}
return true
