"""The questions of docs/cookbook.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PARAMETERS = {"name": "Ann 0", "other": "Ben 1"}
"""For each parameter somebody in the made-up novel of society.py."""


class Question(NamedTuple):
    title: str
    statement: str
    parameters: dict[str, str]


def questions() -> list[Question]:
    text = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
    found = []
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        (statement,) = re.findall(r"^```cypher\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        told = re.search(r"^Parameters: (.*)$", section, re.MULTILINE)
        names = re.findall(r"`(\w+)`", told[1]) if told else []
        assert set(names) == set(re.findall(r"\$(\w+)", statement))
        found.append(Question(section.splitlines()[0], statement, {name: PARAMETERS[name] for name in names}))
    return found
