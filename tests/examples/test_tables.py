"""Other people's tables become examples; what they hold is never run."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.errors import DatasetError
from litgraph.examples.labelled import Labelled
from litgraph.examples.tables import LONGEST_LITERAL, arf, pairs
from litgraph.relations.asking.prompts import Question


def _jsonl(path: Path, relations: str, text: str = "Elizabeth came to Longbourn.") -> Path:
    import json

    path.write_text(json.dumps({"text": text, "relations": relations}) + "\n", encoding="utf-8")
    return path


def test_the_relations_of_a_chunk(tmp_path: Path) -> None:
    literal = (
        "[{'entity1': 'Elizabeth', 'entity2': 'Longbourn', 'entity1Type': 'PER', 'entity2Type': 'LOC', "
        "'relation': 'lives_in'}, {'entity1': None, 'entity2': None, 'entity1Type': None, 'entity2Type': None, "
        "'relation': 'none'}]"
    )
    (found,) = arf(_jsonl(tmp_path / "arf.jsonl", literal), "arf")
    question = Question("Elizabeth came to Longbourn.", "Elizabeth", "Longbourn", "PER", "LOC")
    assert found == Labelled(question, "lives_in", "arf")
    assert list(arf(_jsonl(tmp_path / "empty.jsonl", "[]"), "arf")) == []


@pytest.mark.parametrize(
    ("literal", "what"),
    [
        ("__import__('os').system('echo')", "no Python list"),
        ("[{'entity1': open('x')}]", "no Python list"),
        ("[" * 5000, "no Python list"),
        ("{'entity1': 'x'}", "no list of relations"),
        ("['x']", "no list of relations"),
        ("[" + "0," * LONGEST_LITERAL + "]", "more than 200,000 characters"),
        ("[\x00]", "no Python list"),
    ],
)
def test_what_is_no_list_is_told_and_never_run(literal: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=what):
        list(arf(_jsonl(tmp_path / "arf.jsonl", literal), "arf"))


def test_tables_of_pairs_in_several_writings(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        'text\tentity1\tentity2\trelation\n"Byron", a poet, was born in London\tByron\tLondon\tbplace_name\n',
        encoding="utf-8",
    )
    (tmp_path / "b.csv").write_text('sentence,e1,e2,label\n"Ada, his child",Ada,his,child\n', encoding="utf-8")
    (tmp_path / "c.tsv").write_text(
        "relation\tsentence\nOther\t<e1> Byron </e1> went to <e2>Venice</e2>.\n", encoding="utf-8"
    )
    found = [next(pairs(tmp_path / name, "biographical")) for name in ("a.tsv", "b.csv", "c.tsv")]
    assert found == [
        Labelled(Question('"Byron", a poet, was born in London', "Byron", "London"), "bplace_name", "biographical"),
        Labelled(Question("Ada, his child", "Ada", "his"), "child", "biographical"),
        Labelled(Question("Byron went to Venice.", "Byron", "Venice"), "Other", "biographical"),
    ]


def test_rows_about_nobody_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "x", "entity1": null, "entity2": null, "entity1Type": null, "relation": null}\n'
        '{"text": "Jane met Mary.", "entity1": "Jane", "entity2": "Mary", "entity1Type": "PER", "relation": null}\n',
        encoding="utf-8",
    )
    (found,) = pairs(tmp_path / "a.jsonl", "pg_fiction")
    assert found == Labelled(Question("Jane met Mary.", "Jane", "Mary", "PER", ""), "none", "pg_fiction")


def test_a_missing_column_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("text\trelation\nx\ty\n", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"row 1: no column 'entity1'; there are relation, text"):
        list(pairs(tmp_path / "a.tsv", "x"))
