"""kill -9 of the served page during a save: each file is as it was before, or as it is after, and work goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from small_novel import Runs

from litgraph.pipeline import rebuild_run
from litgraph.runs.cast_changes import Change, change_cast

SERVER = """
import os, sys, time
from pathlib import Path
from litgraph.pages.server import PageServer

moment = sys.argv[2]

def stop(*_, **__):
    print("now", flush=True)
    time.sleep(60)

if moment == "half written":
    def half(number):
        os.ftruncate(number, os.fstat(number).st_size // 2)
        stop()
    os.fsync = half
elif moment == "written, not yet in its place":
    Path.replace = stop
else:
    replace = Path.replace
    Path.replace = lambda self, target: (replace(self, target), stop())
with PageServer(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    server.serve_forever()
"""
MOMENTS = ("half written", "written, not yet in its place", "in its place")
CHANGES = {
    "cast.toml": {"verb": "rename", "row": "mr-darcy", "value": "Darcy"},
    "quotations.jsonl": {"verb": "speaker", "row": "q0", "value": "mr-darcy"},
}


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs(tmp_path, monkeypatch)
    runs.build()
    return runs


def answers(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        yield line.strip()


def ask(address: str, path: str, body: dict[str, str] | None = None) -> str:
    """The version of the files; "" if the server died meanwhile."""
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=30)
    try:
        data = json.dumps(body) if body else None
        connection.request(
            "POST" if body else "GET", f"{parts.path}api/{path}", data, {"Content-Type": "application/json"}
        )
        return str(json.loads(connection.getresponse().read())["state"]["version"])
    except (HTTPException, OSError):
        return ""
    finally:
        connection.close()


@pytest.mark.parametrize("file", CHANGES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_is_half_written(runs: Runs, file: str, moment: str) -> None:
    before = {path.name: path.read_bytes() for path in runs.folder.iterdir()}
    command = [sys.executable, "-c", SERVER, str(runs.folder), moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        lines = answers(process)
        address = next(lines)
        wanted = {"version": ask(address, "state"), **CHANGES[file]}
        asking = Thread(target=ask, args=(address, "change", wanted))
        asking.start()
        assert next(lines) == "now"
        process.kill()
        asking.join()
    after = {path.name: path.read_bytes() for path in runs.folder.iterdir() if not path.name.startswith(".litgraph-")}
    changed = [name for name in after if after[name] != before.get(name)]
    assert changed == ([file] if moment == "in its place" else [])
    assert after.keys() == before.keys()
    (told,) = change_cast(runs.folder, [Change("gender", "mr-darcy", "male")])  # the lock died with the server
    assert "male" in told
    rebuild_run(runs.folder)
    assert not list(runs.folder.glob(".litgraph-*.part")), "the next build clears up"
    assert (runs.names()["mr-darcy"] == "Darcy") == (changed == ["cast.toml"])
    assert (runs.rows("quotations.jsonl")[0]["speaker"] == "mr-darcy") == (changed == ["quotations.jsonl"])
