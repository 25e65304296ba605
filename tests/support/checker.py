"""Neo4j's own checker of Cypher (npm), at work on all statements while other tests run."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from cookbook import PARAMETERS, questions
from graphs import HOSTILE, PREPARED, hostile_graph, prepared

from litgraph.export.property_graph.cypher import write_cypher
from litgraph.stores import statements
from litgraph.stores.model import APPEARS_IN, KIND_LABELS, RELATION_TYPES, TEXT_LABELS, TEXT_TYPES

LANGUAGES = ["CYPHER 5", "CYPHER 25"]
GIVEN = {"rows": [], "ids": [], "id": "", "properties": {}, "book": "", "most": 1}
WRONG = ["MATCH (n:Entity) RETURN m", "MATCH (n:Hero) RETURN n", "MATCH (n) RETURN $nothing"]


def hostile_statements() -> list[str]:
    """The statements of a script in which hostile text stands."""
    hostile = "".join(HOSTILE[:-1])  # without the long one
    with tempfile.TemporaryDirectory() as folder:
        write_cypher(hostile_graph(hostile, hostile, hostile), Path(folder) / "hostile.cypher")
        script = (Path(folder) / "hostile.cypher").read_bytes().decode("utf-8").split(";\n")
    return [statement for statement in script if "DETACH DELETE" in statement]


def all_statements() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """What is checked, with the parameters that it may have."""
    return {
        "fixed": [(statement, GIVEN) for statement in statements.ALL],
        "hostile": [(statement, GIVEN) for statement in hostile_statements()],
        "cookbook": [(question.statement, {"book": "", **PARAMETERS}) for question in questions()],
        "wrong": [(statement, GIVEN) for statement in WRONG],
    }


class Checker:
    """A process that was started early; `complaints` waits for it."""

    def __init__(self) -> None:
        program = shutil.which("node")
        self._process: subprocess.Popen[bytes] | None = None
        if program is None or not (PREPARED / "node_modules").exists():
            return  # the tests that ask will fail
        schema = {
            "labels": ["Entity", "Book", *KIND_LABELS.values(), *TEXT_LABELS],
            "types": [APPEARS_IN, *RELATION_TYPES.values(), *TEXT_TYPES],
        }
        question = {"groups": all_statements(), "languages": LANGUAGES, **schema}
        self._question = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (until close)
        json.dump(question, self._question)
        self._question.seek(0)
        self._answer = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._process = subprocess.Popen(
            [program, "check_cypher.js"], cwd=PREPARED, stdin=self._question, stdout=self._answer
        )
        self._complaints: dict[str, list[dict[str, str]]] = {}

    def complaints(self, group: str) -> list[dict[str, str]]:
        """What the checker says of a group: language, statement and message of each complaint."""
        if not self._complaints:
            prepared("node_modules")
            assert self._process, "Node.js was not found; the tests need it, see tests/prepare.py."
            assert self._process.wait() == 0
            self._answer.seek(0)
            self._complaints = json.load(self._answer)
        return self._complaints[group]

    def close(self) -> None:
        """End it, whether anybody asked or not."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._question.close()
            self._answer.close()
