#!/usr/bin/env python3
"""Finds what leads nowhere: usage: check-site.py <staged site> <markdown file>...

Every address within the staged site must be a file there, and every fragment an element's id. Every relative address in
the Markdown files must be a file beside them, so that they can be read where the sources are shown, too. Addresses of
other hosts are not called.
"""
import html.parser
import pathlib
import re
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids = set()
        self.links = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.add(value)
            if name in ("href", "src") and value and tag != "base":
                self.links.append(value)


def read(file):
    page = Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page


def is_elsewhere(link):
    return bool(urllib.parse.urlsplit(link).scheme) or link.startswith("//")


def site_faults(site):
    pages = {file.resolve(): read(file) for file in sorted(site.rglob("*.html"))}
    if not pages:
        yield f"{site}: there is no page"
    for file, page in pages.items():
        for link in page.links:
            if is_elsewhere(link):
                continue
            path, _, fragment = urllib.parse.unquote(link).partition("#")
            target = (file.parent / path.partition("?")[0]).resolve() if path else file
            if target.is_dir():
                target = target / "index.html"
            if not target.is_file():
                yield f"{file.relative_to(site.resolve())}: '{link}' is no file"
            elif fragment and target in pages and fragment not in pages[target].ids:
                yield f"{file.relative_to(site.resolve())}: '{link}' is no element"


def markdown_faults(file):
    text = re.sub(r"^```.*?^```", "", file.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"`[^`]*`", "", text)
    for link in re.findall(r"\]\(([^()\s]+)\)", text):
        path = urllib.parse.unquote(link.partition("#")[0])
        # Pages of goals are made from the code.
        if is_elsewhere(link) or not path or path.startswith("travis-compile-maven-plugin/"):
            continue
        # Pictures lie where the site plugin wants them.
        if not (file.parent / path).exists() and not (file.parent.parent / "resources" / path).exists():
            yield f"{file}: '{link}' is no file"


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    faults = list(site_faults(pathlib.Path(arguments[0])))
    for name in arguments[1:]:
        faults += markdown_faults(pathlib.Path(name))
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


main(sys.argv[1:])
