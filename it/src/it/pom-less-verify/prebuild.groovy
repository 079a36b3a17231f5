// Made by others for three systems; their jar is on the scripts' class path.
['jna.so': 'linux-x86-64/libjnidispatch.so', 'jna.dylib': 'darwin-aarch64/libjnidispatch.jnilib',
        'jna.dll': 'win32-x86-64/jnidispatch.dll'].each { name, resource ->
    getClass().getResourceAsStream("/com/sun/jna/$resource").withCloseable { new File(basedir, name).bytes = it.bytes }
}
return true
