"""The database of the tests of stores: the Neo4j that the environment names, one in a container, or a stand-in.

LITGRAPH_NEO4J_URI names one that runs (with LITGRAPH_NEO4J_USER, _PASSWORD and _DATABASE). Other books may be in it,
and tests that run side by side use it together: each process gives its books names of its own.

LITGRAPH_NEO4J_SERVER names a folder with two programs, ``serve FOLDER PORT PASSWORD`` and ``import FOLDER …``, with
which tests start servers that they end, fill and look into themselves; its folder ``jars``, if it has one, is Neo4j,
with which they start servers of other settings.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pytest
from bolt_server import PASSWORD, STARTING, Server, bolt_server, free_port

Kind = Literal["told", "container", "stand-in"]

PREFIX = f"litgraph-test-{secrets.token_hex(4)}-"
"""How the books of this process begin."""

_COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"


def book_name(name: str) -> str:
    """A name for a book that no other process and no person has in the database."""
    return PREFIX + name


@lru_cache(maxsize=1)
def kind() -> Kind:
    """Which database there is."""
    if os.environ.get("LITGRAPH_NEO4J_URI"):
        return "told"
    return "container" if _docker_answers() else "stand-in"


def described() -> str:
    """A line for the head of the tests' output."""
    if kind() == "told":
        return f"Neo4j at {os.environ['LITGRAPH_NEO4J_URI']}"
    return f"a container of {image()}" if kind() == "container" else "a stand-in (ArcadeDB), no Neo4j"


@contextlib.contextmanager
def database_server(folder: Path) -> Iterator[Server]:
    """The database, which is ended if it was started for it."""
    if kind() == "told":
        user, password, database = (
            os.environ.get(f"LITGRAPH_NEO4J_{name}") for name in ("USER", "PASSWORD", "DATABASE")
        )
        yield Server(os.environ["LITGRAPH_NEO4J_URI"], user or "neo4j", password or "", database or "neo4j")
    elif kind() == "container":
        from testcontainers.neo4j import Neo4jContainer

        with Neo4jContainer(image(), username="neo4j", password=PASSWORD) as container:
            yield Server(container.get_connection_url(), "neo4j", PASSWORD, "neo4j")
    else:
        with bolt_server(folder) as server:
            yield server


def image() -> str:
    """The image of docker-compose.yml."""
    found = re.search(r"image: (\S+)", _COMPOSE.read_text(encoding="utf-8"))
    assert found
    return found[1]


def server_programs() -> Path:
    """The folder with the programs that start a Neo4j and fill one; the test is skipped if nobody named it."""
    folder = os.environ.get("LITGRAPH_NEO4J_SERVER")
    if not folder:
        pytest.skip(
            "needs a Neo4j of its own: LITGRAPH_NEO4J_SERVER names no folder with the programs serve and import"
        )
    return Path(folder)


class OwnServer:
    """A Neo4j that a test starts, ends and starts again, and that asks for no password; its data are in a folder."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        """It starts with these settings of neo4j.conf besides."""
        self._settings = settings
        self.programs = server_programs()
        self._process: subprocess.Popen[bytes] | None = None
        self._port = free_port()
        self.folder = folder
        self.uri = f"bolt://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Raises RuntimeError, with the server's last words, if it does not come up."""
        command = self._with_settings() if self._settings else [self.programs / "serve", self.folder, str(self._port)]
        log = self.folder.with_suffix(".log")
        with log.open("w", encoding="utf-8") as file:
            self._process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + STARTING
        while not re.search("^ready", log.read_text(encoding="utf-8"), re.MULTILINE):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(log.read_text(encoding="utf-8")[-3000:])
            time.sleep(0.2)

    def _with_settings(self) -> list[str | Path]:
        if not (self.programs / "jars").is_dir() or not shutil.which("javac"):
            pytest.skip("needs the folder jars beside the programs, and a Java that compiles")
        given = {
            "server.bolt.enabled": "true",
            "server.bolt.listen_address": f"127.0.0.1:{self._port}",
            "dbms.security.auth_enabled": "false",
            **self._settings,
        }
        file = self.folder.with_suffix(".conf")
        file.write_text("".join(f"{name}={value}\n" for name, value in given.items()), encoding="utf-8")
        opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch")]
        classes = ["-cp", f"{self.programs / 'jars'}/*", str(Path(__file__).with_name("ConfiguredNeo4j.java"))]
        return ["java", "-Xmx512m", "-XX:+UseSerialGC", *opens, *classes, self.folder, file]

    def kill(self) -> None:
        """As a power cut would."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        self._end(subprocess.Popen.terminate)

    def check(self) -> str:
        """What Neo4j's checker of consistency says of the data of a server that does not run."""
        done = subprocess.run(
            [self.programs / "import", "--check", self.folder], capture_output=True, text=True, encoding="utf-8"
        )
        return f"{done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}"

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        if self._process:
            how(self._process)
            self._process.wait(60)
            self._process = None


def _docker_answers() -> bool:
    program = shutil.which("docker")
    if not program:
        return False
    with contextlib.suppress(subprocess.TimeoutExpired):
        return subprocess.run([program, "info"], capture_output=True, timeout=20).returncode == 0
    return False
