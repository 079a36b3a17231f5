return evaluate(new File(projectsDirectory, 'cross-toolchain.groovy'))
