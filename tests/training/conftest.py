"""A corpus of two passages and a few pairs, in the files of LitBank, of the passages with links and of the mobility
data.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from litgraph.corpora.linked import LinkedSet, read_linked
from litgraph.corpora.litbank import GoldRelation
from litgraph.corpora.mobility import COLUMNS, LABEL_COLUMNS
from litgraph.corpora.tokens import GoldMention, TokenPassage

PASSAGE = TokenPassage(
    "emma",
    [["Emma", "loved", "her", "sister", "."], ["She", "lived", "at", "Hartfield", "."]],
    (
        GoldMention("m0", 0, 0, 0, "PER", "name", "emma"),
        GoldMention("m1", 0, 2, 3, "PER", "noun", "isabella"),
        GoldMention("m2", 0, 2, 2, "PER", "pronoun", "emma"),
        GoldMention("m3", 1, 0, 0, "PER", "pronoun", "emma"),
        GoldMention("m4", 1, 3, 3, "FAC", "name", "hartfield"),
    ),
    (GoldRelation("m1", "sibling_of", "m2", 0, 3), GoldRelation("m3", "lives_in", "m4", 1, 3)),
)

# A dialogue of two, with links and speakers, as a line of passages.jsonl
DIALOGUE: dict[str, Any] = {
    "passage": "emma__1",
    "sentences": [
        ["“", "Where", "is", "my", "sister", ",", "Knightley", "?", "”", "said", "Emma", "."],
        ["“", "She", "is", "at", "Hartfield", ",", "”", "answered", "Mr.", "Knightley", "."],
        ["“", "Alone", "?", "”"],
        ["He", "was", "a", "farmer", "."],
    ],
    "paragraphs": [0, 1, 2, 3],
    "mentions": [
        ["m0", 0, 3, 4, "PER", "noun"],
        ["m1", 0, 3, 3, "PER", "pronoun"],
        ["m2", 0, 6, 6, "PER", "name"],
        ["m3", 0, 10, 10, "PER", "name"],
        ["m4", 1, 1, 1, "PER", "pronoun"],
        ["m5", 1, 4, 4, "FAC", "name"],
        ["m6", 1, 8, 9, "PER", "name"],
        ["m7", 3, 0, 0, "PER", "pronoun"],
        ["m8", 3, 2, 3, "PER", "noun"],
    ],
    "links": {
        "m0": {"to": ["isabella"]},
        "m1": {"to": ["emma"]},
        "m2": {"to": ["knightley"]},
        "m3": {"to": ["emma"]},
        "m4": {"to": ["isabella"]},
        "m5": {"to": []},
        "m6": {"to": ["knightley"]},
        "m7": {"to": ["knightley"]},
        "m8": {"to": ["knightley"]},
    },
    "quotations": [
        {"start": [0, 0], "end": [0, 8], "speaker": "emma", "hearers": ["knightley"], "how": "explicit"},
        {"start": [1, 0], "end": [1, 6], "speaker": "knightley", "hearers": ["emma"], "how": "explicit"},
        {"start": [2, 0], "end": [2, 3], "speaker": "emma", "hearers": [], "how": "implicit"},
    ],
    "relations": [["m1", "sibling_of", "m0", 0, 3]],
}
# A passage of which nothing can be learned: there is one mention.
RAIN: dict[str, Any] = DIALOGUE | {
    "passage": "rain__1",
    "sentences": [["He", "slept", "."]],
    "paragraphs": [0],
    "mentions": [["m0", 0, 0, 0, "PER", "pronoun"]],
    "links": {"m0": {"to": ["somebody"]}},
    "quotations": [],
    "relations": [],
}

# id, character, place, its context, validity, spatial relation
PLACES = (
    ("AAAAAA", "Emma", "Hartfield", "<char> Emma </char> walked to <place> Hartfield </place> .", "VALID", "TO"),
    ("BBBBBB", "She", "home", "<char> She </char> was at <place> home </place> .", "VALID", "IN"),
    ("CCCCCC", "his", "his house", "<place> <char> his </char> house </place> burned .", "VALID", "NO REL"),
    ("DDDDDD", "our", "May", "It was <char> our </char> trip in <place> May </place> .", "INVALID", ""),
)


@pytest.fixture(scope="session")
def passage() -> TokenPassage:
    return PASSAGE


def write_linked(data: Path, name: LinkedSet, rows: list[dict[str, Any]]) -> None:
    (data / name).mkdir(parents=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (data / name / "passages.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> TokenPassage:
    """The dialogue with its speakers; Emma and Mr. Knightley speak in turn."""
    folder = tmp_path_factory.mktemp("dialogue")
    write_linked(folder, "litbank_later", [DIALOGUE])
    (passage,) = read_linked(folder, "litbank_later")
    return passage


@pytest.fixture()
def small_data(tmp_path: Path) -> Path:
    """The passages and the pairs as files, to train and to measure."""
    write_linked(tmp_path / "data", "litbank_later", [DIALOGUE])
    novels = [DIALOGUE | {"passage": "aside__1"}, DIALOGUE | {"passage": "near__1"}, RAIN]
    write_linked(tmp_path / "data", "novels", novels)
    forms = {"name": "PROP", "noun": "NOM", "pronoun": "PRON"}
    for split in ("train", "dev"):
        folder = tmp_path / "data" / "litbank" / split
        (folder / "coref").mkdir(parents=True)
        (folder / "relations").mkdir()
        tokens = "\n\n".join(
            "\n".join(f"emma\t0\t{index}\t{token}\t_" for index, token in enumerate(sentence))
            for sentence in PASSAGE.sentences
        )
        (folder / "coref" / "emma.conll").write_text(f"#begin document (emma)\n{tokens}\n", encoding="utf-8")
        lines = [
            f"MENTION\tT{m.id[1:]}\t{m.sentence}\t{m.first}\t{m.sentence}\t{m.last}\ttext\t{m.label}\t{forms[str(m.form)]}"
            for m in PASSAGE.mentions
        ]
        lines += [f"COREF\tT{m.id[1:]}\t{m.entity}" for m in PASSAGE.mentions]
        (folder / "coref" / "emma.ann").write_text("\n".join(lines), encoding="utf-8")
        rows = [f"{r.head}\t{r.relation}\t{r.tail}\tS{r.sentence}\t3" for r in PASSAGE.relations]
        (folder / "relations" / "emma.tsv").write_text("\n".join(rows), encoding="utf-8")
    folder = tmp_path / "data" / "mobility"
    folder.mkdir()
    for split in ("train", "dev"):
        rows = [[name, "1", who, where, *[context] * 3] for name, who, where, context, _, _ in PLACES]
        labels = [[name, valid, spatial, "", ""] for name, _, _, _, valid, spatial in PLACES]
        for name, table in ((f"{split}.tsv", [COLUMNS, *rows]), (f"{split}.labels.tsv", [LABEL_COLUMNS, *labels])):
            (folder / name).write_text("\n".join("\t".join(row) for row in table) + "\n", encoding="utf-8")
    return tmp_path / "data"
