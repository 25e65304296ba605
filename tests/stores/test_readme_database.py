"""The README's commands for Neo4j, on the server of these tests."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from databases import book_name
from graphs import pride, run_folder

from litgraph.cli import main
from litgraph.stores.neo4j import Connection

BOOK = book_name("readme")
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_commands_run_in_the_order_they_stand(
    connection: Connection, database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = re.findall(r"^<!-- database -->\n```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    password, start, *commands = block.splitlines()
    assert password.startswith("export NEO4J_PASSWORD=") and len(password.split('"')[1]) >= 8
    assert start == "docker compose up -d --wait"  # not run: see test_compose.py
    graph = pride()
    graph.graph["identifier"] = BOOK
    database.remove(BOOK)
    run_folder(tmp_path / "pride", graph)
    monkeypatch.chdir(tmp_path)
    environment = {
        "NEO4J_URI": connection.uri, "NEO4J_USERNAME": connection.user, "NEO4J_PASSWORD": connection.password,
        "NEO4J_DATABASE": connection.database,
    }  # fmt: skip
    shown = ""
    for command in commands:
        program, *arguments = shlex.split(command.replace("bolt://localhost:7687", connection.uri))
        assert program == "litgraph"
        result = CliRunner().invoke(main, arguments, env=environment)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        shown = result.stdout
    database.remove(BOOK)
    assert "Elizabeth Bennet  SIBLING_OF  Jane Bennet" in shown
