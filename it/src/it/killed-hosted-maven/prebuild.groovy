import java.util.concurrent.TimeUnit

def cloud = evaluate(new File(projectsDirectory, 'cloud.groovy'))
evaluate(new File(projectsDirectory, 'ngrok.groovy'))
cloud.jobsGetNoMachines()

// Ctrl-C, as soon as Travis CI has a build.
def beside = evaluate(new File(projectsDirectory, 'beside.groovy'))
context.ended = beside { until, maven ->
    until('No build starts.') { !cloud.builds().builds().empty }
    def process = maven()
    def begin = System.nanoTime()
    assert ['kill', '-s', 'INT', process.pid() as String].execute().waitFor() == 0
    process.onExit().get(60, TimeUnit.SECONDS)
    return System.nanoTime() - begin
}
return true
