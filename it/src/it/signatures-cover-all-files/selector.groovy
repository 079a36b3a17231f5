try {
    return ['gpg', '--version'].execute().waitFor() == 0
} catch (IOException absent) {
    println 'needs gpg'
    return false
}
