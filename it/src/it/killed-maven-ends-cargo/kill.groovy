// Sends Maven the signal as soon as the build script runs.
def said = new File(basedir, 'build-script')
said.delete()
def beside = evaluate(new File(projectsDirectory, 'beside.groovy'))
context.children = beside { until, maven ->
    until('The build script does not start.') { said.length() > 0 }
    def children = maven().descendants().toList()
    assert ProcessHandle.of(said.text as long).get() in children
    assert ['kill', '-s', context.signal, maven().pid() as String].execute().waitFor() == 0
    return children
}
return true
