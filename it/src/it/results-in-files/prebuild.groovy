// What the whole file is to replace; and a library made by others, whose jar is on the scripts' class path.
def results = new File(basedir, 'one/target/results')
results.mkdirs()
new File(results, 'plan.json').text = '{"of": "an earlier run"}' * 10000
getClass().getResourceAsStream('/com/sun/jna/linux-x86-64/libjnidispatch.so').withCloseable {
    new File(basedir, 'one/jna.so').bytes = it.bytes
}
return true
