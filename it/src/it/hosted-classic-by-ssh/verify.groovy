try {
    // The legs really came this way.
    assert context.edge.bodies.any { it > 100_000 }
    assert !new File(basedir, 'build.log').text.contains(context.edge.uri() as String)
} finally {
    context.edge.close()
    context.sshd.close()
    evaluate(new File(projectsDirectory, 'classic-verified.groovy'))
}
