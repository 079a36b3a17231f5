def log = new File(basedir, 'build.log')
assert log.text =~ /(?m)  logs-hold-no-key  .*  built$/
assert !log.text.contains('TCMP_KEY')
// What Maven 3.9 and later find wrong with a plugin; earlier ones look for nothing.
assert !log.text.contains('Plugin validation issues')
context.length = log.text.length()
return true
