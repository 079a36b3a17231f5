// Two kinds of Linux are compiled for real.
return evaluate(new File(projectsDirectory, 'cross-toolchain.groovy'))
