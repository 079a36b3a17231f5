evaluate(new File(projectsDirectory, 'cloud.groovy'))
evaluate(new File(projectsDirectory, 'ngrok.groovy'))
return true
