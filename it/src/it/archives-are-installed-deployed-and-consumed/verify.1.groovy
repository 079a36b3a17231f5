def archive = new File(basedir, 'producer/target').list().find { it.endsWith('.tar.gz') }
new File(basedir, 'test.properties').setText('platform=' + (archive - 'producer-1-' - '.tar.gz'))
