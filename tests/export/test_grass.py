from __future__ import annotations

import re
from pathlib import Path

from graphs import pride

from litgraph.export import write_graph
from litgraph.stores.model import APPEARS_IN, BOOK, KIND_LABELS, RELATION_TYPES, TEXT_LABELS


def test_every_label_and_type_has_one_rule(tmp_path: Path) -> None:
    write_graph(pride(), tmp_path / "litgraph.grass")
    sheet = (tmp_path / "litgraph.grass").read_text(encoding="utf-8")
    rules = re.findall(r"^(node|relationship)\.(\w+) \{\n((?:  [a-z-]+: [^;\n]+;\n)+)\}$", sheet, re.MULTILINE)
    assert sheet.count("{\n") == len(rules)
    labels = [name for kind, name, _ in rules if kind == "node"]
    assert sorted(labels) == sorted([BOOK, *KIND_LABELS.values(), *TEXT_LABELS])
    assert sorted(name for kind, name, _ in rules if kind == "relationship") == sorted(
        [APPEARS_IN, *RELATION_TYPES.values()]
    )
    (character,) = (rule for _, name, rule in rules if name == "Character")
    assert 'caption: "{name}";' in character
