# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""How Sphinx makes the manual; scripts/manual calls it.

The pages are plain Markdown that reads on its own, without a word of Sphinx. What Sphinx needs besides is made here:
the table of contents is read from the list of docs/README.md, and pages of docs/ that it does not name yet come last.

Equations are drawn by the MathJax of the package libjs-mathjax, which is copied into the manual, so that no page asks
the network for anything. It draws them as SVG, because browsers refuse fonts of pages that are opened as files.
"""

import pathlib
import re
import shutil

ROOT = pathlib.Path(__file__).resolve().parents[2]
MATHJAX = pathlib.Path("/usr/share/javascript/mathjax")
MATHJAX_PARTS = ("MathJax.js", "config/TeX-AMS_SVG.js", "extensions", "jax/element", "jax/input/TeX", "jax/output/SVG")

CONTENTS = "docs/README"
ENTRY = re.compile(r"\[[^\]]+\]\(([^)#]+)\.md\)")

project = "Cutis"
author = "the Cutis authors"
copyright = "2026 the Cutis authors"  # the name that Sphinx reads
release = re.search(r"project\(cutis VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)

extensions = ["myst_parser", "sphinx.ext.mathjax"]
root_doc = CONTENTS
include_patterns = ["README.md", "CHANGELOG.md", "docs/**.md", "benchmarks/**.md"]
exclude_patterns = ["build*", "results*", ".git", "run", "solver", "tests", "parameters", "scripts", "findings", "mesh"]
highlight_language = "none"
nitpicky = True
smartquotes = False  # they would make one dash of --set

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4  # the anchors that links on GitHub have
myst_update_mathjax = False

mathjax_path = "mathjax/MathJax.js?config=TeX-AMS_SVG"
mathjax2_config = {
    "tex2jax": {"ignoreClass": "document", "processClass": "math"},
    "SVG": {"matchFontHeight": True},
    "messageStyle": "none",
    "showMathMenu": False,
    "menuSettings": {"inTabOrder": False},
}

html_theme = "furo"
html_title = f"Cutis {release}"
html_static_path = ["style"]
html_css_files = ["manual.css"]
html_copy_source = False
html_show_sphinx = False

man_pages = [("docs/man/cutis.1", "cutis", "finite-element solver for skin that remodels itself", "", 1)]


def contents(text):
    """The table of contents that a list of links below headings describes: [(heading, [document])]."""
    chapters = []
    for line in text.splitlines():
        if line.startswith("## "):
            chapters.append((line[3:].strip(), []))
        elif line.startswith("- ") and chapters:
            for target in ENTRY.findall(line):
                page = (ROOT / "docs" / f"{target}.md").resolve()
                chapters[-1][1].append(page.relative_to(ROOT).with_suffix("").as_posix())
    listed = {document for _, documents in chapters for document in documents}
    others = sorted(f"docs/{page.stem}" for page in (ROOT / "docs").glob("*.md") if page.stem != "README")
    others = [document for document in others if document not in listed]
    return chapters + ([("More", others)] if others else [])


def add_contents(app, document, source):
    """Append to the first page what the sidebar shows, and to pages about a folder those of the folders in it."""
    if document != CONTENTS:
        if document.startswith("benchmarks/") and list((ROOT / document).parent.glob("*/README.md")):
            source[0] += "\n```{toctree}\n:hidden:\n:glob:\n\n*/README\n```\n"
        return
    for heading, documents in contents(source[0]):
        entries = "\n".join(f"/{name}" for name in documents)
        source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{entries}\n```\n"
    if app.tags.has("api"):
        source[0] += '\n<p>The classes of the program: <a href="../api/index.html">API pages</a>.</p>\n'


def copy_mathjax(app, error):
    """The parts of MathJax that draw TeX as SVG, beside the style sheets."""
    if error or app.builder.format != "html":
        return
    target = pathlib.Path(app.outdir) / "_static" / "mathjax"
    for part in MATHJAX_PARTS:
        source = MATHJAX / part
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target / part, dirs_exist_ok=True)
        else:
            shutil.copy2(source, target / part)


def setup(app):
    app.connect("source-read", add_contents)
    app.connect("build-finished", copy_mathjax)
    return {"parallel_read_safe": True}
