import java.util.concurrent.TimeUnit

def cloud = context.cloud
try {
    assert TimeUnit.NANOSECONDS.toSeconds(context.ended.get(1, TimeUnit.SECONDS)) < 12
    assert cloud.repository().branches() == ['main']
    assert cloud.repository().pulls() == 1
    assert cloud.repository().pull(1).path('state').asText() == 'closed'
    assert cloud.builds().builds()*.jobs().flatten()*.state() == ['canceled']
    def journals = new File(basedir, 'target/it-cache/runs')
    assert !journals.list().any { it.endsWith('.journal') }
} finally {
    cloud.close()
}
return true
