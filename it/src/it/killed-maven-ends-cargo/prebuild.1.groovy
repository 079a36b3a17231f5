context.signal = 'TERM'
evaluate(new File(basedir, 'kill.groovy'))
