import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

List<ProcessHandle> children = context.children.get(1, TimeUnit.SECONDS)
// At least the leg's script and what it watches the build with, cargo and the build script.
assert children.size() >= 4
try {
    CompletableFuture.allOf(children*.onExit() as CompletableFuture[]).get(60, TimeUnit.SECONDS)
} finally {
    children.each { it.destroyForcibly() }
}
assert !new File(basedir, 'target').list().any { it.endsWith('.tar.gz') || it == 'SHA256SUMS' }
