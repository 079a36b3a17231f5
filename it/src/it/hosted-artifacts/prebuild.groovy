evaluate(new File(projectsDirectory, 'cloud.groovy'))
return true
