def log = new File(basedir, 'build.log').text
def archive = new File(basedir, 'target').list().find { it.endsWith('.tar.gz') }
def platform = archive - 'same-classifier-twice-fails-1-' - '.tar.gz'

assert log.contains(":cross-compile (again) on project same-classifier-twice-fails: A file with the classifier" +
        " '$platform' and the type 'tar.gz' is attached already, by another execution in this module. Give one of the two other <platforms>," +
        ' or set <attach>false</attach> (-Dtravis-compile.attach=false) for one, or move it to a module of its own. -> [Help 1]')
