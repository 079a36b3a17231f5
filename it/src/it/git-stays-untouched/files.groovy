// Everything but the log and what the build made, with its content and the time of its last change.
def files = [:]
basedir.eachFileRecurse {
    def path = basedir.toPath().relativize(it.toPath()).toString()
    if (path != 'build.log' && !path.startsWith('target')) {
        files[path] = it.directory ? 'directory' : [it.lastModified(), it.bytes.digest('SHA-256')]
    }
}
return files
