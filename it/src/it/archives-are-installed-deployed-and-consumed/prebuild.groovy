// What an earlier run installed or downloaded would be taken for this one's.
for (module in ['producer', 'consumer']) {
    new File(localRepositoryPath, 'it/' + module).deleteDir()
}
