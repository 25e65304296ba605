"""A corpus of one passage and a few pairs, in the files of LitBank and of the mobility data."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.fixture()
def small_data(tmp_path: Path) -> Path:
    """The passage and the pairs as files, to train and to measure."""
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
