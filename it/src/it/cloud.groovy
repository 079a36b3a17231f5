import io.github.traviscompile.standin.Cloud

// Starts a GitHub, a Travis CI and an AppVeyor for one project and tells its build where they are; the project's invoker.properties
// hold their tokens. They lie outside of the project, whose Cargo.toml a job's cargo would find otherwise. Whoever uses
// this closes context.cloud in verify.groovy, which also says whether GitHub was spoken to as it describes.
def directory = new File(basedir.parentFile.parentFile, 'clouds/' + basedir.name)
assert !directory.exists() || directory.deleteDir()
def cloud = Cloud.start(directory.toPath())
context.cloud = cloud
// Jobs would outlive a Maven that is told to stop before the verification.
Runtime.runtime.addShutdownHook(new Thread({ cloud.close() }))

def properties = new Properties()
properties.putAll([
    'travis-compile.repository'  : Cloud.SLUG,
    'travis-compile.githubApiUrl': cloud.githubApi() as String,
    'travis-compile.githubWebUrl': cloud.githubWeb() as String,
    'travis-compile.travisApiUrl': cloud.travisApi() as String,
    'travis-compile.appveyorApiUrl': cloud.appveyorApi() as String])
new File(basedir, 'test.properties').withOutputStream { properties.store(it, null) }
return cloud
