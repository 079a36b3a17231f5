import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

def cloud = evaluate(new File(projectsDirectory, 'cloud.groovy'))
evaluate(new File(projectsDirectory, 'ngrok.groovy'))
cloud.jobsGetNoMachines()

// Beside the Maven that the invoker is about to start: Ctrl-C, as soon as Travis CI has a build.
context.ended = CompletableFuture.supplyAsync {
    def deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120)
    while (cloud.builds().builds().empty) {
        assert System.nanoTime() < deadline: 'No build starts.'
        Thread.sleep(50)
    }
    def maven = ProcessHandle.current().descendants().filter {
        it.info().command().orElse('').endsWith('/java') && it.info().arguments().orElse([] as String[]).any { it.contains(basedir.name) }
    }.findFirst().get()
    def begin = System.nanoTime()
    assert ['kill', '-s', 'INT', maven.pid() as String].execute().waitFor() == 0
    maven.onExit().get(60, TimeUnit.SECONDS)
    return System.nanoTime() - begin
}
return true
