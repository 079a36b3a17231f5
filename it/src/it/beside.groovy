import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

// Gives a closure that starts work beside the Maven that the invoker is about to start. The work gets two closures: one waits
// for a condition, two minutes at most, and one gives the process of that Maven. When the work fails, it kills that Maven and
// what this started, so that the test fails at once and waits for nothing that will not come.
def until = { String failure, Closure<Boolean> condition ->
    def deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2)
    while (!condition()) {
        assert System.nanoTime() < deadline: failure
        Thread.sleep(50)
    }
}
def maven = {
    ProcessHandle.current().descendants().filter {
        it.info().command().orElse('').endsWith('/java') && it.info().arguments().orElse([] as String[]).any { it.contains(basedir.name) }
    }.findFirst()
}
return { Closure work ->
    def result = new CompletableFuture()
    // In a thread of its own, as the common pool has only one on a machine with two cores.
    Thread.startDaemon(basedir.name) {
        try {
            result.complete(work(until, { maven().get() }))
        } catch (Throwable e) {
            maven().ifPresent { ([it] + it.descendants().toList())*.destroyForcibly() }
            result.completeExceptionally(e)
        }
    }
    return result
}
