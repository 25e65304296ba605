"""The docs are one site: it builds without a complaint and without a network, and has a page for all that is public."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import litgraph
import litgraph.analysis

pytest.importorskip("mkdocs", reason="the site needs the extra docs")
pytest.importorskip("material", reason="the site needs the extra docs")
pytest.importorskip("mkdocstrings", reason="the site needs the extra docs")

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as its readers would; a broken link or a page that the menu lacks fails."""
    folder = tmp_path_factory.mktemp("site")
    # Neither an address nor a notice of the theme's makers: all proxies lead nowhere
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=REPOSITORY,
        env=os.environ | nowhere | {"NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_pages_that_are_kept_elsewhere_are_there(site: Path) -> None:
    for notebook in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        page = (site / "notebooks" / f"{notebook.stem}.html").read_text(encoding="utf-8")
        assert "What you get" in page and '<div class="highlight"' in page
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    for name in ("litgraph build", "litgraph plot", "litgraph evaluate speakers"):
        assert f"Usage: {name}" in commands


def test_links_between_files_lead_to_pages(site: Path) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    for target in ("notebooks/index.html", "formats.html", "contributing.html", "reader-card.html"):
        assert f'href="{target}"' in start
    assert "docker-compose.yml" in start and not re.search(r'href="[^"]*docker-compose', start)
    notebook = (site / "notebooks" / "4-a-novel-through-time.html").read_text(encoding="utf-8")
    assert 'href="../analysis.html"' in notebook and 'src="4-a-novel-through-time-1.svg"' in notebook
    assert "<svg" in (site / "notebooks" / "4-a-novel-through-time-1.svg").read_text(encoding="utf-8")


def test_a_page_asks_nothing_of_any_network(site: Path) -> None:
    asked = re.compile(
        r'<(?:script|img|iframe)[^>]*\ssrc="(?:https?:)?//|<link[^>]*\shref="(?:https?:)?//|url\(https?:'
    )
    for file in sorted([*site.rglob("*.html"), *site.rglob("*.css")]):
        text = file.read_text(encoding="utf-8")
        found = [text[match.start() : match.end() + 60] for match in asked.finditer(text)]
        assert not [one for one in found if 'rel="canonical"' not in one], file


def test_the_reference_has_every_public_name() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted((REPOSITORY / "docs" / "reference").iterdir()))
    listed = re.findall(r"^::: ([\w.]+)$", pages, re.MULTILINE)
    public = [f"litgraph.{name}" for name in litgraph.__all__ if name != "__version__"]
    public += [f"litgraph.analysis.{name}" for name in litgraph.analysis.__all__]
    assert not set(public) - set(listed) and len(listed) == len(set(listed))
