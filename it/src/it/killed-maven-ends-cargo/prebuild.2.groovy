context.signal = 'INT'
evaluate(new File(basedir, 'kill.groovy'))
