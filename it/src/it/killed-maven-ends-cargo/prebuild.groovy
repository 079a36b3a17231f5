assert ['mkfifo', new File(basedir, 'nobody-writes').path].execute().waitFor() == 0
