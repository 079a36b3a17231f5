evaluate(new File(projectsDirectory, 'cloud.groovy'))
evaluate(new File(projectsDirectory, 'ngrok.groovy'))
context.before = evaluate(new File(projectsDirectory, 'untouched.groovy'))
return true
