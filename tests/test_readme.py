"""Every command and snippet of the README runs, as it stands there."""

from __future__ import annotations

import http.server
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from litgraph.cli import main

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^(<!-- [^\n]+ -->\n)?```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line for marker, language, code in BLOCKS if language == "sh" and not marker for line in code.splitlines()]
SNIPPETS = [code for _, language, code in BLOCKS if language == "python"]


class _Mirror(http.server.BaseHTTPRequestHandler):
    """A Project Gutenberg of one book: the first chapters of Pride and Prejudice."""

    def do_GET(self) -> None:
        excerpt = (REPOSITORY / "tests" / "data" / "pride-chapters-1-3.txt").read_text(encoding="utf-8")
        page = (
            "The Project Gutenberg EBook of Pride and Prejudice, by Jane Austen\n\nTitle: Pride and Prejudice\n\n"
            "Author: Jane Austen\n\nRelease Date: June, 1998 [EBook #1342]\n\nLanguage: English\n\n"
            "*** START OF THIS PROJECT GUTENBERG EBOOK PRIDE AND PREJUDICE ***\n\n"
            f"{excerpt}\n\n*** END OF THIS PROJECT GUTENBERG EBOOK PRIDE AND PREJUDICE ***\n"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture()
def mirror() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Mirror) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_commands_run_in_the_order_they_stand(mirror: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LITGRAPH_MIRROR", mirror)
    monkeypatch.setenv("LITGRAPH_CACHE", str(tmp_path / "cache"))
    assert len(COMMANDS) == 17
    for command in COMMANDS:
        program, *arguments = shlex.split(command)
        assert program == "litgraph"
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"
    for name in ("pride.gexf", "pride.xml", "pride.png", "timeline.gexf", "family-edges.csv", "meetings.graphml"):
        assert (tmp_path / name).stat().st_size > 100


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_the_snippets_run(snippet: str, tmp_path: Path) -> None:
    script = tmp_path / "snippet.py"
    script.write_text(snippet, encoding="utf-8")
    done = subprocess.run([sys.executable, "-W", "error", script], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_two_commands_stand_for_both_systems_and_ci_runs_the_second() -> None:
    marked = {marker.strip(): code.strip() for marker, _, code in BLOCKS if ":" in marker}
    assert list(marked) == [
        f"<!-- {what}: {system} -->" for system in ("linux, macos", "windows") for what in ("build", "tests")
    ]
    for marker, command in marked.items():
        assert command.count("\n") == 0
        assert ("pytest" if "tests" in marker else "litgraph build pg11") in command
    assert "<!-- tests: linux, macos -->" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")


def test_files_that_the_readme_names_are_there() -> None:
    for module in re.findall(r"`(tests/[\w/]+)`", README):
        assert (REPOSITORY / module).exists(), module
