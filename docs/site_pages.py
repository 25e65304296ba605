"""Pages of the docs site that are kept elsewhere in the repository: the README, the notebooks, the commands' help.

mkdocs calls the functions whose names begin with ``on_``. All links are written for the repository, as one reads it on
disk or at a code host; here they are turned to the pages of the site. What has no page there keeps its words.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from litgraph.cli import main

REPOSITORY = Path(__file__).parent.parent
KEPT_ELSEWHERE = {
    "index.md": "README.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "reader-card.md": "litgraph/data/reader/README.md",
}
"""Page of the site -> file of the repository."""
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
PICTURES = {"image/png": "png", "image/svg+xml": "svg"}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are not in ``docs``."""
    for name, source in KEPT_ELSEWHERE.items():
        _add(files, config, name, (REPOSITORY / source).read_text(encoding="utf-8"))
    _add(files, config, "reference/commands.md", "# Commands\n\n" + "\n".join(_commands()))
    openings = []
    for path in NOTEBOOKS:
        text, pictures = notebook_as_page(path)
        openings.append(_opening(path.stem, text))
        _add(files, config, f"notebooks/{path.stem}.md", text)
        for name, content in pictures.items():
            _add(files, config, f"notebooks/{name}", content)
    _add(files, config, "notebooks/index.md", "# Notebooks\n\n" + "\n".join(openings))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links between files of the repository to pages of the site."""
    here = page.file.src_uri
    source = source_of(here)

    def turned(match: re.Match[str]) -> str:
        mark, words, address = match.groups()
        path, hash_, anchor = address.partition("#")
        if not path or ":" in path:
            return match[0]
        target = page_of(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
        if files.get_file_from_path(target) is None:
            # Of a file that was taken away tests/test_docs.py tells
            return words if (REPOSITORY / posixpath.dirname(source) / path).exists() else match[0]
        return f"{mark}[{words}]({posixpath.relpath(target, posixpath.dirname(here) or '.')}{hash_}{anchor})"

    return "".join(part if code else _LINK.sub(turned, part) for code, part in _parts(markdown))


def source_of(page: str) -> str:
    """The file of the repository that a page of the site is made from."""
    if page.startswith("notebooks/"):
        return page.removesuffix(".md") + ".ipynb"
    return KEPT_ELSEWHERE.get(page, f"docs/{page}")


def page_of(source: str) -> str:
    """The page of the site that a file or folder of the repository has; what is none comes back as it is."""
    pages = {file: page for page, file in KEPT_ELSEWHERE.items()} | {"notebooks": "notebooks/index.md"}
    if source.endswith(".ipynb"):
        return source.removesuffix(".ipynb") + ".md"
    return pages.get(source, source.removeprefix("docs/"))


def notebook_as_page(path: Path) -> tuple[str, dict[str, bytes]]:
    """A notebook with its outputs as Markdown, and its pictures by file name."""
    parts: list[str] = []
    pictures: dict[str, bytes] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(_fenced(source, "python"))
        for output in cell["outputs"]:
            data = {kind: "".join(lines) for kind, lines in output.get("data", {}).items()}
            picture = next((kind for kind in PICTURES if kind in data), None)
            if picture:
                name = f"{path.stem}-{len(pictures) + 1}.{PICTURES[picture]}"
                content = data[picture]
                pictures[name] = base64.b64decode(content) if picture == "image/png" else content.encode("utf-8")
                parts.append(f"![What the cell draws]({name})")
            elif "text/html" in data:
                parts.append(_html(data["text/html"]))
            else:
                parts.append(_fenced("".join(output.get("text", data.get("text/plain", ""))), "text"))
    return "\n\n".join(parts) + "\n", pictures


def _add(files: Files, config: MkDocsConfig, name: str, content: str | bytes) -> None:
    files.append(File.generated(config, name, content=content))


def _opening(name: str, text: str) -> str:
    """A notebook's title and what one gets from it, for the list."""
    title = re.search(r"^# (?:\d+\. )?(.*)", text)
    gives = re.search(r"\*\*What you get\*\*: (.*?)\n\n", text, re.S)
    assert title and gives, f"{name} does not say what it gives"
    return f"{name.partition('-')[0]}. [{title[1]}]({name}.ipynb): {' '.join(gives[1].split())}"


def _html(shown: str) -> str:
    """What a cell shows, as a block of Markdown's, whose tables look as the site's do."""
    bare = re.sub(r"<style.*?</style>", "", shown, flags=re.S)
    return re.sub(r"\n\s*\n", "\n", bare.replace('<table border="1" class="dataframe">', "<table>"))


def _fenced(text: str, language: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _parts(markdown: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces, each with whether it is code, in which brackets are no links."""
    for number, part in enumerate(re.split(r"(^(`{3,})[^\n]*\n.*?^\2[ ]*$)", markdown, flags=re.M | re.S)):
        if number % 3 != 2:  # the inner group, the fence, comes back as well
            yield number % 3 == 1, part


def _commands(group: click.Group = main, names: tuple[str, ...] = ("litgraph",)) -> Iterator[str]:
    """What ``--help`` says of each command."""
    context: Any = None
    for name in names:
        context = click.Context(group, parent=context, info_name=name)
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, (*names, name))
            continue
        heading = " ".join((*names, name))
        inner = click.Context(command, parent=context, info_name=name, max_content_width=100)
        yield f"## {heading}\n\n{_fenced(command.get_help(inner), 'text')}\n"
