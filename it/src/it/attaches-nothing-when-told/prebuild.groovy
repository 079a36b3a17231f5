assert new File(localRepositoryPath, 'it/attaches-nothing-when-told').deleteDir()
