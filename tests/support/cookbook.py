"""The questions of docs/cookbook.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PARAMETERS: dict[str, str | int | float] = {"name": "Ann 0", "other": "Ben 1", "chapter": 10, "belief": 0.4}
"""For each parameter beside ``book`` a value that fits the made-up novel of society.py."""


class Question(NamedTuple):
    title: str
    statement: str
    parameters: dict[str, str | int | float]
    """beside the book, which every question has"""


def questions() -> list[Question]:
    text = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
    found = []
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        (statement,) = re.findall(r"^```cypher\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        told = re.search(r"^Parameters: (.*)$", section, re.MULTILINE)
        names = re.findall(r"`(\w+)`", told[1]) if told else []
        assert {"book", *names} == set(re.findall(r"\$(\w+)", statement)), statement
        found.append(Question(section.splitlines()[0], statement, {name: PARAMETERS[name] for name in names}))
    return found
