evaluate(new File(basedir, 'nothing-is-left.groovy'))
