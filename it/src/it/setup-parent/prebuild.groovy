import java.time.Duration
import java.time.Instant
import java.util.concurrent.ConcurrentHashMap

// A limit for whatever the tests start. The invoker goes on when a Maven outlives its limit (invoker.timeoutInSeconds), but ends
// only the shell around it; a program that a script waits for has no limit at all. Who waits for a process that is killed here
// goes on and fails. Each process is remembered, since what lost its parent is no descendant any more.
def limit = Duration.ofMinutes(11)
def started = ConcurrentHashMap.<ProcessHandle> newKeySet()
Thread.startDaemon('limit of integration tests') {
    while (true) {
        started.addAll(ProcessHandle.current().descendants().toList())
        started.removeIf { !it.alive }
        def latest = Instant.now() - limit
        started.findAll { it.info().startInstant().map { it < latest }.orElse(false) }.each {
            println "Killed after $limit: process ${it.pid()}, ${it.info().command().orElse('')}"
            it.destroyForcibly()
        }
        Thread.sleep(1_000)
    }
}
Runtime.runtime.addShutdownHook(new Thread({ started*.destroyForcibly() }))
return true
