"""The served page: who is answered, what is written, and that nobody's work is lost."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from small_novel import Runs

from litgraph.cli import main
from litgraph.errors import RunFolderError, StoreError
from litgraph.pages.server import LONGEST_REQUEST, PageServer
from litgraph.pipeline import rebuild_run

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs(tmp_path, monkeypatch)
    runs.build()
    return runs


@pytest.fixture
def server(runs: Runs) -> Iterator[PageServer]:
    with PageServer(runs.folder) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(
    server: PageServer, verb: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> tuple[int, Any, dict[str, str]]:
    """Status, answer and headers of one request."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    connection.request(verb, path, data, headers or {})
    response = connection.getresponse()
    answer: Any = response.read()
    connection.close()
    if response.headers["Content-Type"] == "application/json":
        answer = json.loads(answer)
    return response.status, answer, dict(response.headers)


def version(server: PageServer) -> str:
    return str(ask(server, "GET", f"/{server.token}/api/state")[1]["state"]["version"])


def change(server: PageServer, wanted: dict[str, Any], known: str | None = None) -> tuple[int, Any]:
    body = {"version": version(server) if known is None else known, **wanted}
    return ask(server, "POST", f"/{server.token}/api/change", body, JSON)[:2]


def built(server: PageServer) -> dict[str, Any]:
    """The state after a build."""
    assert ask(server, "POST", f"/{server.token}/api/rebuild", {}, JSON)[0] == 200
    for _ in range(600):
        state: dict[str, Any] = ask(server, "GET", f"/{server.token}/api/state")[1]["state"]
        if not state["building"]:
            return state
        time.sleep(0.05)
    raise AssertionError("it never ends")


def test_the_page_is_served_to_who_knows_the_token(server: PageServer) -> None:
    status, page, headers = ask(server, "GET", f"/{server.token}/")
    assert status == 200 and b'"served":true' in page
    assert headers["Cache-Control"] == "no-store" and "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert server.server_address[0] == "127.0.0.1"
    for path in ("/", f"/{server.token}", "/wrong/", "/wrong/api/state", f"/{server.token}/../report.json", "//"):
        assert ask(server, "GET", path)[0] == 404, path


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.test"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_nobody_else_is_answered(server: PageServer, runs: Runs, headers: dict[str, str]) -> None:
    before = runs.read("cast.toml")
    wanted = {"version": version(server), "verb": "drop", "row": "mr-darcy", "value": ""}
    assert ask(server, "POST", f"/{server.token}/api/change", wanted, {**JSON, **headers})[0] == 403
    if "Sec-Fetch-Site" not in headers:  # the link that a person follows comes from elsewhere
        assert ask(server, "GET", f"/{server.token}/", headers=headers)[0] == 403
    assert runs.read("cast.toml") == before


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"", {**JSON, "Content-Length": "-5"}, 415),
        (b"", {**JSON, "Content-Length": str(LONGEST_REQUEST + 1)}, 413),
        (b"", {**JSON, "Content-Length": "9" * 5000}, 413),
        (b"[" * 60_000, JSON, 400),
        (b"\xff", JSON, 400),
        (b"[]", JSON, 400),
        (b"{}", JSON, 409),
        (b'{"verb": "rename", "row": 7, "value": "x"}', JSON, 409),
        (b'{"verb": "mischief", "row": "mr-darcy"}', JSON, 409),
    ],
)
def test_what_is_no_correction_is_refused(
    server: PageServer, runs: Runs, body: bytes, headers: dict[str, str], status: int
) -> None:
    before = runs.read("cast.toml")
    assert ask(server, "POST", f"/{server.token}/api/change", body, headers)[0] == status
    assert runs.read("cast.toml") == before


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        ({"verb": "rename", "row": "mr-darcy", "value": "Fitzwilliam Darcy"}, 'name = "Fitzwilliam Darcy"'),
        ({"verb": "merge", "row": "robert-lebrun", "value": "Victor Lebrun"}, 'merge_into = "victor-lebrun"'),
        ({"verb": "drop", "row": "longbourn", "value": ""}, "drop = true"),
        ({"verb": "kind", "row": "netherfield", "value": "organisation"}, 'kind = "organisation"'),
        ({"verb": "gender", "row": "mr-darcy", "value": "female"}, 'gender = "female"'),
        ({"verb": "deny", "head": "mr-darcy", "relation": "friend_of", "tail": "mr-bingley"}, "deny = true"),
    ],
)
def test_a_correction_is_written_as_a_person_would_and_undone(
    server: PageServer, runs: Runs, wanted: dict[str, Any], line: str
) -> None:
    before = runs.read("cast.toml")
    status, answer = change(server, wanted)
    assert status == 200, answer
    after = runs.read("cast.toml").splitlines()
    assert after.count(line) == before.splitlines().count(line) + 1
    assert answer["state"]["changes"] == [answer["message"]]
    undo = {"version": answer["state"]["version"]}
    status, answer, _ = ask(server, "POST", f"/{server.token}/api/undo", undo, JSON)
    assert status == 200 and answer["state"]["changes"] == []
    assert runs.read("cast.toml") == before


@pytest.mark.parametrize("value", ["mr-darcy", ""])
def test_who_speaks_is_written_among_the_quotations_and_undone(server: PageServer, runs: Runs, value: str) -> None:
    before, cast = runs.read("quotations.jsonl"), runs.read("cast.toml")
    status, answer = change(server, {"verb": "speaker", "row": "q0", "value": value})
    assert status == 200 and answer["state"]["changes"] == [answer["message"]]
    assert runs.rows("quotations.jsonl")[0]["speaker"] == value
    assert runs.read("cast.toml") == cast
    undo = {"version": answer["state"]["version"]}
    assert ask(server, "POST", f"/{server.token}/api/undo", undo, JSON)[0] == 200
    assert runs.read("quotations.jsonl") == before


def test_corrections_of_both_files_are_undone_the_last_first(server: PageServer, runs: Runs) -> None:
    files = ("cast.toml", "quotations.jsonl")
    wanted = [
        {"verb": "mention", "row": "m3", "value": "mr-darcy"},
        {"verb": "speaker", "row": "q0", "value": "mr-darcy"},
        {"verb": "mention", "row": "m3", "value": ""},
    ]
    states = [[runs.read(name) for name in files]]
    for one in wanted:
        assert change(server, one)[0] == 200
        states.append([runs.read(name) for name in files])
    assert (
        states[1][0].count("[[mention]]") == states[3][0].count("[[mention]]") == states[0][0].count("[[mention]]") + 1
    )
    for state in states[-2::-1]:
        undo = {"version": version(server)}
        assert ask(server, "POST", f"/{server.token}/api/undo", undo, JSON)[0] == 200
        assert [runs.read(name) for name in files] == state


def test_a_mention_and_a_speaker_are_built_in(server: PageServer, runs: Runs) -> None:
    mention = next(row for row in runs.rows("mentions.jsonl") if row["text"] == "Lebrun")
    assert change(server, {"verb": "mention", "row": mention["id"], "value": "jane-bennet"})[0] == 200
    assert change(server, {"verb": "speaker", "row": "q0", "value": "mr-bingley"})[0] == 200
    state = built(server)
    assert (state["error"], state["changes"]) == ("", [])
    after = {row["id"]: row["entity"] for row in runs.rows("mentions.jsonl")}
    assert after[mention["id"]] == "jane-bennet"
    assert runs.rows("quotations.jsonl")[0]["speaker"] == "mr-bingley"
    assert runs.redone() == []


def test_a_correction_that_cannot_be_says_why(server: PageServer, runs: Runs) -> None:
    before = runs.read("cast.toml")
    for wanted, words in (
        ({"verb": "rename", "row": "nobody", "value": "x"}, "no row"),
        ({"verb": "kind", "row": "mr-darcy", "value": "horse"}, "A kind is one of"),
        ({"verb": "assert", "head": "mr-darcy", "relation": "hates", "tail": "mr-bingley"}, "unknown relation"),
        ({"verb": "split", "row": "mr-darcy", "value": "Mr. Darcy"}, "only name"),
        ({"verb": "speaker", "row": "q0", "value": "Mr. Darcey"}, "Did you mean mr-darcy"),
        ({"verb": "speaker", "row": "q77", "value": "mr-darcy"}, "no quotation"),
        ({"verb": "mention", "row": "m777", "value": "mr-darcy"}, "no mention"),
    ):
        status, answer = change(server, wanted)
        assert status == 409 and words in answer["message"], answer
    assert runs.read("cast.toml") == before


def test_of_two_windows_the_later_is_told(server: PageServer, runs: Runs) -> None:
    known = version(server)
    assert change(server, {"verb": "rename", "row": "mr-darcy", "value": "Darcy"}, known)[0] == 200
    status, answer = change(server, {"verb": "rename", "row": "mr-bingley", "value": "Bingley"}, known)
    assert status == 409 and "changed meanwhile" in answer["message"]
    assert 'name = "Darcy"' in runs.read("cast.toml") and 'name = "Bingley"' not in runs.read("cast.toml")
    assert (
        change(server, {"verb": "rename", "row": "mr-bingley", "value": "Bingley"}, answer["state"]["version"])[0]
        == 200
    )


def test_an_edit_by_hand_is_never_undone(server: PageServer, runs: Runs) -> None:
    change(server, {"verb": "rename", "row": "mr-darcy", "value": "Darcy"})
    runs.edit('name = "Darcy"', 'name = "Darcy"  # I have met him')
    before = runs.read("cast.toml")
    undo = {"version": version(server)}
    status, answer, _ = ask(server, "POST", f"/{server.token}/api/undo", undo, JSON)
    assert status == 409 and "edited after" in answer["message"]
    assert runs.read("cast.toml") == before


def test_corrections_are_built_in(server: PageServer, runs: Runs) -> None:
    for wanted in (
        {"verb": "merge", "row": "robert-lebrun", "value": "victor-lebrun"},
        {"verb": "assert", "head": "mr-darcy", "relation": "friend_of", "tail": "mr-bingley"},
    ):
        assert change(server, wanted)[0] == 200
    before = ask(server, "GET", f"/{server.token}/")[1]
    state = built(server)
    assert (state["error"], state["changes"], state["built"]) == ("", [], 1)
    assert "robert-lebrun" not in runs.names() and "friend_of" in runs.read("graph.json")
    assert ask(server, "GET", f"/{server.token}/")[1] != before
    assert runs.redone() == [], "the same as the command does"


def test_a_build_that_fails_says_so_and_loses_nothing(server: PageServer, runs: Runs) -> None:
    change(server, {"verb": "rename", "row": "mr-darcy", "value": "Darcy"})
    runs.write("cast.toml", runs.read("cast.toml") + "\nnonsense = 1\n")
    state = built(server)
    assert "nonsense" in state["error"] and len(state["changes"]) == 1 and state["built"] == 0


def test_rebuilding_needs_no_book_but_its_own(runs: Runs, tmp_path: Path) -> None:
    runs.source.unlink()
    before = runs.contents()
    assert rebuild_run(runs.folder).report["redone"] == []
    assert runs.contents() == before
    runs.edit('name = "Mr. Darcy"', 'name = "Darcy"')
    rebuild_run(runs.folder)
    assert runs.names()["mr-darcy"] == "Darcy"
    runs.write("text.txt", "another book")
    with pytest.raises(RunFolderError, match="book"):
        rebuild_run(runs.folder)
    with pytest.raises(RunFolderError, match="not a run folder"):
        rebuild_run(tmp_path)


def test_a_port_that_is_taken(server: PageServer, runs: Runs) -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        PageServer(runs.folder, server.server_port)


def test_the_command_serves_until_it_is_stopped(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)

    def stopped(self: PageServer) -> None:
        assert ask_while_served(self) == 404
        raise KeyboardInterrupt

    def ask_while_served(server: PageServer) -> int:
        thread = Thread(target=server.handle_request)
        thread.start()
        status = ask(server, "GET", "/")[0]
        thread.join()
        return status

    monkeypatch.setattr(PageServer, "serve_forever", stopped)
    result = CliRunner().invoke(main, ["view", str(runs.folder)])
    assert result.exit_code == 0, result.output
    assert opened == [result.stdout.strip()] and opened[0].startswith("http://127.0.0.1:")
    assert "Stopped" in result.stderr
    assert CliRunner().invoke(main, ["view", str(runs.folder), "--no-browser", "-q"]).exit_code == 0
    assert len(opened) == 1


def test_a_damaged_run_is_told_before_the_browser_opens(runs: Runs) -> None:
    from click.testing import CliRunner

    runs.write("graph.json", "{")
    result = CliRunner().invoke(main, ["view", str(runs.folder), "--no-browser"])
    assert result.exit_code == 1 and "graph.json" in result.stderr
