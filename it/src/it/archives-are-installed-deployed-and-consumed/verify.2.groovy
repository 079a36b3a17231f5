assert !new File(localRepositoryPath, 'it/producer/1').exists()
