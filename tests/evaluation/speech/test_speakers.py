"""Who speaks, against a corpus: a dialogue of Pride and Prejudice in the files of PDNC."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_pdnc import write_novel

from litgraph.cli import main
from litgraph.corpora.pdnc import Novel, read_corpus
from litgraph.evaluation.speech.speakers import Answer, answers, precision_at, speaker_figures
from litgraph.types import Cast, Entity, Quotation

TEXT = """Chapter 1

“My dear Mr. Bennet,” said his lady to him one day, “have you heard that Netherfield Park is let at last?”

Mr. Bennet replied that he had not.

“But it is,” returned she; “for Mrs. Long has just been here, and she told me all about it.”

“Is that his design in settling here?” said Mr. Bennet.

“Design! Nonsense, how can you talk so!”
"""


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


@pytest.fixture()
def corpus(tmp_path: Path) -> Path:
    write_novel(
        tmp_path / "pdnc" / "Pride",
        TEXT,
        [
            ("Mr. Bennet", "{'Mr. Bennet'}", "major", "M"),
            ("Mrs. Bennet", "{'Mrs. Bennet'}", "major", "F"),
            ("Mrs. Long", "{'Mrs. Long'}", "minor", "F"),
        ],
        [
            (
                [span("My dear Mr. Bennet,"), span("have you heard that Netherfield Park is let at last?")],
                "Mrs. Bennet",
                ["Mr. Bennet"],
                "Anaphoric",
                [[span("My dear Mr. Bennet"), span("Mr. Bennet")], [span("you")]],
                [[["Mr. Bennet"], ["Mr. Bennet"]], [["Mr. Bennet"]]],
            ),
            ([span("But it is,")], "Mrs. Bennet", ["Mr. Bennet"], "Anaphoric", [[]], [[]]),
            ([span("Is that his design in settling here?")], "Mr. Bennet", ["Mrs. Bennet"], "Explicit", [[]], [[]]),
            ([span("Design! Nonsense,")], "Mrs. Bennet", ["Mr. Bennet"], "Implicit", [[]], [[]]),
            ([span("Mr. Bennet replied that")], "_group", [], "Implicit", [[]], [[]]),
        ],
    )
    return tmp_path / "pdnc"


@pytest.fixture()
def novel(corpus: Path) -> Novel:
    return next(read_corpus(corpus))


CAST = Cast(
    tuple(
        Entity(name.lower().replace(". ", "-"), name, "character", ((name, 20),))
        for name in ("Mr. Bennet", "Mrs. Bennet", "Mrs. Long")
    )
)


def said(words: str, speaker: str, *addressees: str, certainty: float = 1.0) -> Quotation:
    start, end = span(words)
    return Quotation(f"q{start}", start, end, 1, speaker, addressees, certainty=certainty)


def test_the_speaker_is_compared_that_most_of_the_quotation_was_given_to(novel: Novel) -> None:
    given = answers(
        CAST,
        [
            said("“My dear Mr. Bennet,”", "mr-bennet"),
            said("“have you heard that Netherfield Park is let at last?”", "mrs-bennet", "mr-bennet", "mrs-long"),
            said("“But it is,”", ""),
            said("“Is that his design in settling here?”", "mrs-bennet", "mr-bennet"),
        ],
        novel,
    )
    assert [(one.found, one.named, one.right) for one in given] == [
        (True, True, True),
        (True, False, False),
        (True, True, False),
        (False, False, False),
    ]
    figures = speaker_figures(given)
    assert (figures["accuracy"], figures["anaphoric"], figures["explicit"], figures["implicit"]) == (0.25, 0.5, 0, 0)
    assert (figures["found"], figures["named"], figures["precision"]) == (0.75, 0.5, 0.5)
    assert (figures["hearers"], figures["hearers P"]) == (0.25, 1 / 3)


def test_entities_are_the_characters_that_they_are_mostly_called(novel: Novel) -> None:
    couple = Cast((Entity("bennet", "Bennet", "character", (("Mrs. Bennet", 3), ("Mr. Bennet", 2))),))
    right = [
        one.right
        for words in ("“But it is,”", "“Is that his design in settling here?”")
        for one in answers(couple, [said(words, "bennet")], novel)
        if one.found
    ]
    assert right == [True, False]


def answer(right: bool, certainty: float, named: bool = True) -> Answer:
    return Answer("explicit", True, named, right, certainty, 0, 0, 0)


def test_precision_of_the_surest() -> None:
    given = [answer(False, 0.2), answer(True, 0.9), answer(True, 0.5), answer(False, 0.5)]
    assert precision_at(given, 0.25) == 1
    assert precision_at(given, 0.5) == 0.75  # one of two that are equally sure
    assert precision_at([*given, answer(False, 0, named=False)], 1) == pytest.approx(2 / 5)


def test_nothing_to_measure_is_no_error() -> None:
    assert set(speaker_figures([]).values()) == {0.0}


@pytest.mark.parametrize("verb", ["speakers", "mentions-in-speech"])
def test_the_commands_print_each_novel_and_all(verb: str, corpus: Path, tmp_path: Path) -> None:
    arguments = ["evaluate", verb, str(corpus), "--mentions", "spacy:en_core_web_sm", "--keep", str(tmp_path / "kept")]
    printed = CliRunner().invoke(main, [*arguments, "--json"])
    assert printed.exit_code == 0, printed.output
    novels = json.loads(printed.stdout)["novels"]
    assert list(novels) == ["Pride", "mean", "all"] and novels["Pride"] == novels["all"]
    if verb == "speakers":
        assert novels["all"]["found"] == 1
    else:
        assert novels["all"]["names R"] == 0.5  # "Mr. Bennet", but not "My dear Mr. Bennet"
    table = CliRunner().invoke(main, [*arguments, "-q"]).stdout.splitlines()
    assert [line.split()[0] for line in table] == ["novel", "Pride", "mean", "all"]
