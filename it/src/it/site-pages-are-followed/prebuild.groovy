// Follows the site's pages: writes each file that a page shows under its name, and types its cargo commands.
def pages = new File(projectsDirectory, '../../../src/site/markdown')
def slug = { String title -> title.toLowerCase(Locale.ROOT).replaceAll(/[^a-z0-9]+/, '-').replaceAll(/^-|-$/, '') }

def followed = { String name, String text ->
    def folder = new File(basedir, name)
    assert !folder.exists() || folder.deleteDir()
    def shown = text =~ /(?ms)^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$/
    shown.each { all, path, content ->
        def file = new File(folder, path)
        file.parentFile.mkdirs()
        file.setText(content, 'UTF-8')
    }
    return shown.size() > 0
}
def commands = [:]
def follow = { String name, String text ->
    if (!followed(name, text)) {
        return
    }
    commands[name] = (text =~ /(?m)^    ((?:cargo|mvn|java) .+)$/)*.getAt(1)
    commands[name].findAll { it.startsWith('cargo ') }.each { command ->
        def process = new ProcessBuilder(['bash', '-c', command]).directory(new File(basedir, name)).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0: command + ': ' + said
    }
}
follow('start', new File(pages, 'start.md').getText('UTF-8').replaceFirst(/(?s)^.*?\n## 2\./, ''))
new File(pages, 'examples.md').getText('UTF-8').split(/(?m)^## /).drop(1).each { section ->
    follow(slug(section.readLines()[0]), section)
}
context.commands = commands
return true
