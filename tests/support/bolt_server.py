"""A server that speaks Bolt, in a process of its own: ArcadeDB, which comes as a Python wheel with its own Java.

python bolt_server.py FOLDER PASSWORD prints {"uri": …} once it answers, and ends when its input does, so that it never
outlives whoever started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PASSWORD = "hunter2-hunter2"
STARTING = 300  # seconds that a busy machine may need


class Server(NamedTuple):
    """How to reach it."""

    uri: str
    user: str
    password: str
    database: str


@contextlib.contextmanager
def bolt_server(folder: Path) -> Iterator[Server]:
    """A running server with an empty database ``neo4j``."""
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__, str(folder), PASSWORD],
            cwd=folder,  # where it writes its ./log
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
        )
        assert process.stdin and process.stdout
        try:
            for line in process.stdout:
                if line.startswith('{"uri"'):
                    yield Server(json.loads(line)["uri"], "root", PASSWORD, "neo4j")
                    break
            else:
                raise RuntimeError((folder / "server.log").read_text(encoding="utf-8")[-3000:])
        finally:
            process.stdin.close()
            process.stdout.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def main(folder: str, password: str) -> None:
    import arcadedb_embedded as arcadedb
    from arcadedb_embedded.jvm import start_jvm

    start_jvm(heap_size="512m")
    bolt = free_port()
    server = arcadedb.create_server(
        root_path=str(Path(folder).resolve()),
        root_password=password,
        config={
            "host": "127.0.0.1",
            "http_port": free_port(),
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": bolt,
        },
    )
    server.start()
    server.create_database("neo4j")
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", bolt), timeout=1):
            break
        time.sleep(0.05)
    print(json.dumps({"uri": f"bolt://127.0.0.1:{bolt}"}), flush=True)
    sys.stdin.read()
    os._exit(0)  # nothing of it is kept, so there is nothing to close


if __name__ == "__main__":
    main(*sys.argv[1:])
