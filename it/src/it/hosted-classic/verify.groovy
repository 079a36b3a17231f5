evaluate(new File(projectsDirectory, 'classic-verified.groovy'))
return true
