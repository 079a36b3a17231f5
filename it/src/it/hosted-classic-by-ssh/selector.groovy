// Both 32 and 64 bit Linux are compiled for real, and the tunnel is a real one.
if (!['/usr/sbin/sshd', '/usr/bin/ssh-keygen'].every { new File(it).canExecute() }) {
    println 'Skipped, as this machine lacks OpenSSH\'s server (package openssh-server).'
    return false
}
return evaluate(new File(projectsDirectory, 'cross-toolchain.groovy'))
