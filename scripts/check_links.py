#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Check that the documents name nothing that does not exist.

In every *.md of the tree: relative links and pictures lead to a file, anchors to a heading as GitHub spells them, links
to a folder name the page in it, and every file of the tree that the text names, in code or not, is there.

Usage: check_links.py [--root DIR] [--external] [--self-test]
Exit code 1 with one line `file:line: sentence` for every violation. Needs nothing but Python. Without --external
nothing is asked of the network; with it every http(s) link is tried as well.
"""

import argparse
import pathlib
import re
import sys
import tempfile
import urllib.error
import urllib.request

SKIPPED = re.compile(r"(?:build|results)[^/]*/|\.git/|run/")
FENCE = re.compile(r"^\s*(```+|~~~+)")
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
MATH = re.compile(r"\$\$.*?\$\$|(?<![\w$\\])\$(?!\s)[^$\n]+?(?<!\s)\$(?!\w)")
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\s{0,3}\[[^\]]+\]:\s*(\S+)|(?:href|src)=\"([^\"]+)\"")
HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*$")
FOLDERS = "packaging|scripts|parameters|mesh|solver|tests|benchmarks|docs|findings"
NAMED = re.compile(rf"(?<![\w/.-])((?:{FOLDERS})/[\w/.-]*\.\w+|scripts/\w+(?![\w/.*{{-]))")
PATIENCE = 20  # seconds for a site to answer


def lines_of(text):
    """(number, line as it stands, line without code) of a page; lines of fenced code have no second reading."""
    fence = None
    for number, line in enumerate(text.splitlines(), start=1):
        mark = FENCE.match(line)
        if fence:
            fence = None if mark and mark.group(1).startswith(fence) and line.strip() == mark.group(1) else fence
            yield number, line, ""
        elif mark:
            fence = mark.group(1)
            yield number, line, ""
        else:
            yield number, line, MATH.sub(" ", CODE_SPAN.sub(" ", line))


def slug(heading):
    """The anchor that GitHub gives to a heading: its text in lower case, blanks as hyphens, no other punctuation."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    text = re.sub(r"(?<!\w)[*_]+(\S.*?)[*_]+(?!\w)", r"\1", text)
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def anchors(text):
    """All anchors of a page; a heading that comes again gets a number."""
    found = set()
    for _, line, code_free in lines_of(text):
        match = HEADING.match(line) if code_free else None
        found.update(re.findall(r"<a (?:name|id)=\"([^\"]+)\"", code_free))
        if match:
            name, times = slug(match.group(2)), 0
            while (name if times == 0 else f"{name}-{times}") in found:
                times += 1
            found.add(name if times == 0 else f"{name}-{times}")
    return found


class Documents:
    """The pages of a tree."""

    def __init__(self, root):
        self.root = root
        names = (path.relative_to(root).as_posix() for path in sorted(root.rglob("*.md")))
        self.text = {name: (root / name).read_text(encoding="utf-8") for name in names if not SKIPPED.match(name)}
        self.anchors = {name: anchors(text) for name, text in self.text.items()}

    def wrong_link(self, page, target):
        """What is wrong with a link within the tree, or None."""
        path, _, anchor = target.partition("#")
        there = ((self.root / page).parent / path).resolve() if path else (self.root / page).resolve()
        if not there.is_relative_to(self.root):
            return f"the link '{target}' leads out of the tree"
        name = there.relative_to(self.root).as_posix()
        if not there.exists():
            return f"the link '{target}' leads nowhere: there is no {name}"
        if there.is_dir():
            return f"the link '{target}' leads to a folder; name the page in it"
        if anchor and name in self.anchors and anchor not in self.anchors[name]:
            return f"the link '{target}' leads to no heading of {name}"
        return None

    def violations(self):
        for page, text in self.text.items():
            for number, line, code_free in lines_of(text):
                targets = [next(filter(None, groups)) for groups in LINK.findall(code_free)]
                wrong = [self.wrong_link(page, t) for t in targets if not re.match(r"[a-z]+:", t)]
                wrong += [f"there is no file {name}" for name in NAMED.findall(line) if not self.exists(page, name)]
                yield from (f"{page}:{number}: {sentence}." for sentence in wrong if sentence)

    def exists(self, page, name):
        """Files are named from the root of the tree, or from the folder of the page."""
        return (self.root / name).exists() or ((self.root / page).parent / name).exists()

    def external(self):
        """{address: first place where it stands} of all links that leave the tree."""
        found = {}
        for page, text in self.text.items():
            for number, _, code_free in lines_of(text):
                for groups in LINK.findall(code_free):
                    target = next(filter(None, groups))
                    if target.startswith(("http://", "https://")):
                        found.setdefault(target.partition("#")[0], f"{page}:{number}")
        return found


def unreachable(address):
    """Why a site does not answer, or None."""
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (check_links)"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):
            return None
    except (urllib.error.URLError, OSError, ValueError) as error:
        return str(error)


PAGE = """# A page: of `code`, twice

See [there](other.md#the-2nd-heading), [here](#a-page-of-code-twice) and `scripts/tool.py`, $[a](b)$, `[x](nowhere.md)`.

```
# no heading
[no link](nowhere.md)
scripts/tool.py
```
"""
SAMPLE = [  # what is added to the page, what must be said of it
    ("", None),
    ("[x](other.md#the-3rd-heading)", "leads to no heading of other.md"),
    ("[x](#no-heading)", "leads to no heading of page.md"),
    ("[x](gone.md)", "there is no gone.md"),
    ("![x](gone.png \"title\")", "there is no gone.png"),
    ("[x]: gone.md", "there is no gone.md"),
    ("[x](scripts)", "leads to a folder"),
    ("[x](../other.md)", "leads out of the tree"),
    ("`scripts/gone.py`", "there is no file scripts/gone.py"),
    ("`scripts/gone --now`", "there is no file scripts/gone"),
    ("```\nbuild/cutis run parameters/gone.prm\n```", "there is no file parameters/gone.prm"),
    ("[x](https://example.org/gone) and `other/scripts/gone.py`", None),
]


def self_test():
    """The check must find exactly what is planted in each sample."""
    for added, expected in SAMPLE:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder).resolve()
            (root / "scripts").mkdir()
            (root / "scripts/tool.py").touch()
            (root / "other.md").write_text("# Other\n## The 2nd heading\n", encoding="utf-8")
            (root / "page.md").write_text(f"{PAGE}\n{added}\n", encoding="utf-8")
            found = list(Documents(root).violations())
        ok = not found if expected is None else len(found) == 1 and expected in found[0]
        if not ok:
            print(f"'{added}': expected {expected}, found {found}.")
            return False
    print(f"Self-test: {len(SAMPLE)} samples are judged rightly.")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--external", action="store_true", help="try links to other sites as well")
    parser.add_argument("--self-test", action="store_true", help="prove on samples that violations are found")
    options = parser.parse_args()
    if options.self_test:
        return 0 if self_test() else 1
    documents = Documents(options.root.resolve())
    found = list(documents.violations())
    if options.external:
        for address, place in documents.external().items():
            reason = unreachable(address)
            found += [f"{place}: {address} does not answer: {reason}."] if reason else []
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(documents.text)} documents, {len(found)} violation(s) of the links.")
    return 1 if found or not documents.text else 0


if __name__ == "__main__":
    sys.exit(main())
