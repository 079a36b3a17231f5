// Java itself knows no other characters than those of its locale.
def names = System.getProperty('sun.jnu.encoding')
if (!java.nio.charset.Charset.forName(names).newEncoder().canEncode('ö')) {
    println "Skipped, as file names are ${names} here: the variable LC_ALL should be set to C.UTF-8."
    return false
}
