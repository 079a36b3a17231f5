// Quiet means nothing at all.
assert new File(basedir, 'build.log').text.substring(context.length).readLines().findAll { it =~ /^\[(INFO|WARNING|ERROR)\]|TCMP/ } == []
