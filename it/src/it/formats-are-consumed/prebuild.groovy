// What an earlier run downloaded would be taken for this one's.
for (module in ['greet-zip', 'greet-raw', 'greet-jar']) {
    new File(localRepositoryPath, 'it/' + module).deleteDir()
}
