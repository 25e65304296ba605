"""The suite over the oldest driver that litgraph supports, with the same server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from databases import kind
from graphs import prepared

from litgraph.stores.neo4j import Connection

SUITE = Path(__file__).parent / "test_neo4j.py"


def test_the_suite_passes_with_driver_5(connection: Connection) -> None:
    driver = prepared("neo4j-5")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(driver), str(SUITE.parent.parent / "support")]),
        "LITGRAPH_TEST_DRIVER": "5.28",
        "LITGRAPH_NEO4J_URI": connection.uri,
        "LITGRAPH_NEO4J_USER": connection.user,
        "LITGRAPH_NEO4J_PASSWORD": connection.password,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(SUITE)]
    if kind() == "stand-in":
        command += ["-m", "not neo4j"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout and "failed" not in done.stdout
