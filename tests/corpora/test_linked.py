"""Passages from the middle of novels: whom their mentions mean, and who says what to whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litgraph.corpora.linked import LinkedSet, novel_of, read_linked, read_novels
from litgraph.corpora.tokens import GoldMention, TokenPassage
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.ontology import RELATIONS

# “Where is my wife ?” said Mr. Bennet . / Nobody knew . / “She and Jane are here ,” Kitty told him .
ROW = {
    "passage": "1_x__1",
    "sentences": [
        ["“", "Where", "is", "my", "wife", "?", "”", "said", "Mr.", "Bennet", "."],
        ["It", "rained", "."],
        ["“", "They", "are", "here", ",", "”", "Kitty", "told", "him", "."],
    ],
    "paragraphs": [0, 2],
    "mentions": [
        ["m0", 0, 3, 4, "PER", "noun"],
        ["m1", 0, 3, 3, "PER", "pronoun"],
        ["m2", 0, 8, 9, "PER", "name"],
        ["m3", 1, 0, 0, "PER", "pronoun"],
        ["m4", 2, 1, 1, "PER", "added"],
        ["m5", 2, 6, 6, "PER", "name"],
        ["m6", 2, 8, 8, "PER"],
    ],
    "links": {
        "m0": {"to": ["mrs-bennet"]},
        "m1": {"to": ["mr-bennet"]},
        "m2": {"to": ["mr-bennet"]},
        "m3": {"to": None},
        "m4": {"to": ["mrs-bennet", "jane"]},
        "m5": {"to": ["kitty"]},
        "m6": {"to": []},
    },
    "quotations": [
        {"start": [2, 0], "end": [2, 5], "speaker": "kitty", "hearers": ["mr-bennet"], "how": "explicit"},
        {"start": [0, 0], "end": [0, 6], "speaker": None, "hearers": ["self"], "how": "anaphoric"},
    ],
    "relations": [["m1", "spouse_of", "m0", 0, 3]],
}


def words(passage: TokenPassage, mention: GoldMention) -> str:
    return " ".join(passage.sentences[mention.sentence][mention.first : mention.last + 1])


def write(folder: Path, *rows: object, name: LinkedSet = "litbank_later") -> Path:
    (folder / name).mkdir()
    text = "".join(json.dumps(row) + "\n\n" for row in rows)
    (folder / name / "passages.jsonl").write_text(text, encoding="utf-8", newline="\n")
    return folder


def test_reads_a_passage(tmp_path: Path) -> None:
    (passage,) = read_linked(write(tmp_path, ROW), "litbank_later")
    assert [words(passage, mention) for mention in passage.mentions] == [
        "my wife", "my", "Mr. Bennet", "It", "They", "Kitty", "him"
    ]  # fmt: skip
    forms = ["noun", "pronoun", "name", "pronoun", None, "name", None]  # where a mention was added, nobody says
    assert [mention.form for mention in passage.mentions] == forms
    (related,) = passage.relations
    assert (related.head, related.relation, related.tail, related.confidence) == ("m1", "spouse_of", "m0", 3)
    assert passage.paragraphs == (1, 1, 2)


def test_several_are_one_entity_nobody_is_alone_and_doubt_is_no_entity(tmp_path: Path) -> None:
    (passage,) = read_linked(write(tmp_path, ROW), "litbank_later")
    entities = [mention.entity for mention in passage.mentions]
    assert entities == ["mrs-bennet", "mr-bennet", "mr-bennet", "nobody:m3", "jane+mrs-bennet", "kitty", ""]


def test_quotations_come_in_text_order_and_a_thought_has_no_hearer(tmp_path: Path) -> None:
    (passage,) = read_linked(write(tmp_path, ROW), "litbank_later")
    assert [(one.start, one.end, one.speaker, one.hearers, one.how) for one in passage.quotations] == [
        ((0, 0), (0, 6), "", (), "anaphoric"),
        ((2, 0), (2, 5), "kitty", ("mr-bennet",), "explicit"),
    ]


@pytest.mark.parametrize(
    ("name", "passages", "mentions", "meant", "quotations", "relations"),
    [("litbank_later", 159, None, None, 2696, 5127), ("novels", 320, 71317, 66007, 7568, 5785)],
)
def test_the_figures_of_the_sets(
    data_folder: Path,
    name: LinkedSet,
    passages: int,
    mentions: int | None,
    meant: int | None,
    quotations: int,
    relations: int,
) -> None:
    """As their own description has them."""
    found = list(read_linked(data_folder, name))
    assert len(found) == passages
    assert sum(len(passage.quotations) for passage in found) == quotations
    assert sum(len(passage.relations) for passage in found) == relations
    assert {gold.relation for passage in found for gold in passage.relations} <= RELATIONS.keys()
    every = [mention for passage in found for mention in passage.mentions]
    if mentions is not None:
        assert len(every) == mentions
        assert sum(bool(one.entity) and not one.entity.startswith("nobody:") for one in every) == meant
    for passage in found:
        assert len({mention.id for mention in passage.mentions}) == len(passage.mentions)
        assert len(passage.paragraphs) in (0, len(passage.sentences))
        ends = [one.end for one in passage.quotations]
        assert all(end < one.start for end, one in zip(ends, passage.quotations[1:], strict=False)), passage.name


def test_a_later_passage_of_persuasion(data_folder: Path) -> None:
    first = next(iter(read_linked(data_folder, "litbank_later")))
    by_id = {mention.id: mention for mention in first.mentions}
    said = [(words(first, by_id[gold.head]), gold.relation, words(first, by_id[gold.tail])) for gold in first.relations]
    assert said[3] == ("Captain Wentworth", "visits", "Uppercross")
    assert first.paragraphs == ()  # of later passages they are not kept
    assert {mention.entity for mention in first.mentions if words(first, mention) == "Captain Wentworth"} == {
        by_id[first.relations[3].head].entity
    }


def test_whole_novels_are_kept_aside(data_folder: Path) -> None:
    train, aside = read_novels(data_folder, "train"), read_novels(data_folder, "dev")
    assert len({novel_of(passage) for passage in train}) == 72 and len({novel_of(passage) for passage in aside}) == 8
    assert not {novel_of(passage) for passage in train} & {novel_of(passage) for passage in aside}
    assert len(train) + len(aside) == 320
    assert novel_of(train[0]) == train[0].name.removesuffix("__1")


@pytest.mark.parametrize(
    "row",
    [
        {"passage": "1_x__1"},
        [1, 2],
        ROW | {"mentions": [["m0", 0, 0, 11, "PER"]]},
        ROW | {"mentions": [["m0", 3, 0, 0, "PER"]]},
        ROW | {"mentions": [["m0", -1, 0, 0, "PER"]]},
        ROW | {"mentions": [["m0", 0, 2, 1, "PER"]]},
        ROW | {"mentions": [["m0", 0, 0, 1, "DOG"]]},
        ROW | {"mentions": [["m0", 0, 0]]},
        ROW | {"links": {"m0": ["mr-bennet"]}},
        ROW | {"quotations": [{"start": [0, 0], "end": [0, 11], "speaker": "", "hearers": [], "how": "explicit"}]},
        ROW | {"quotations": [{"start": [-1, 0], "end": [0, 2], "speaker": "", "hearers": [], "how": "explicit"}]},
        ROW | {"quotations": [{"start": [0, 0], "end": [0, 2]}]},
        ROW | {"relations": [["m0", "spouse_of", "m7", 0, 3]]},
    ],
)
def test_a_damaged_line_is_one_clear_error(tmp_path: Path, row: object) -> None:
    folder = write(tmp_path, ROW, row)
    with pytest.raises(UnreadableSource, match="line 3: not a passage"):
        list(read_linked(folder, "litbank_later"))


def test_a_file_that_is_not_there_or_no_text_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="no passages"):
        list(read_linked(tmp_path, "novels"))
    write(tmp_path, ROW, name="novels")
    (tmp_path / "novels" / "passages.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableSource, match="UTF-8"):
        read_novels(tmp_path, "train")
