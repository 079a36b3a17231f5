// Both 32 and 64 bit Linux are compiled for real.
return evaluate(new File(projectsDirectory, 'cross-toolchain.groovy'))
