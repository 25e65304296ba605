"""The mobility pairs are read as published and scored as their authors do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.corpora.mobility import SPATIAL, Context, MobilityPair, Spatial, read_context, read_mobility
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.evaluation.mobility import MobilityAnswer, mobility_scores
from litgraph.evaluation.scores import Scores

HEADER = "ID\tbook_id\tchar_text\tplace_text\tcontext_10\tcontext_50\tcontext_100\n"
LABELS = "ID\tvalid_relation\tspatial_relation\ttemporal_span\tnarrative_tense\n"
HERE = "<char> She </char> was at <place> home </place>"


def pair(identifier: str, spatial: Spatial | None, *, valid: bool = True) -> MobilityPair:
    context = Context((), (0, 0), (0, 0))
    return MobilityPair(identifier, "1", "", "", context, context, context, valid, spatial, "", "")


def write(folder: Path, row: str, label: str) -> Path:
    (folder / "mobility").mkdir()
    (folder / "mobility" / "dev.tsv").write_text(HEADER + row, encoding="utf-8", newline="\n")
    (folder / "mobility" / "dev.labels.tsv").write_text(LABELS + label, encoding="utf-8", newline="\n")
    return folder


def test_figures_by_hand() -> None:
    pairs = [pair("a", "IN"), pair("b", "IN"), pair("c", "TO"), pair("d", None, valid=False), pair("e", None)]
    answers = {
        "a": MobilityAnswer(True, "IN"),
        "b": MobilityAnswer(False, "NEAR"),
        "c": MobilityAnswer(True, "TO"),
        "d": MobilityAnswer(False, "IN"),
        "e": MobilityAnswer(True, "FROM"),
    }
    scores = mobility_scores(pairs, answers)
    assert (scores.pairs, scores.valid_pairs) == (5, 3)
    assert scores.validity_accuracy == 4 / 5
    assert scores.spatial_accuracy == 2 / 3
    assert scores.by_relation == {"IN": Scores(2, 1, 1), "NEAR": Scores(0, 1, 0), "TO": Scores(1, 1, 1)}
    assert scores.spatial_macro_f1 == pytest.approx((2 / 3 + 0 + 1) / 3)


def test_no_answer_is_a_wrong_answer() -> None:
    scores = mobility_scores([pair("a", "IN"), pair("b", "TO")], {"a": MobilityAnswer(True, "IN")})
    assert (scores.validity_accuracy, scores.spatial_accuracy, scores.spatial_macro_f1) == (0.5, 0.5, 0.5)
    nothing = mobility_scores([], {})
    assert (nothing.validity_accuracy, nothing.spatial_accuracy, nothing.spatial_macro_f1) == (0.0, 0.0, 0.0)


def test_marks_may_nest_and_cross() -> None:
    nested = read_context("in <place> <char> his </char> home </place> .")
    assert (nested.tokens, nested.character, nested.place) == (("in", "his", "home", "."), (1, 1), (1, 2))
    crossed = read_context("<char> <place> his </char> home </place>")
    assert (crossed.character, crossed.place) == ((0, 0), (0, 1))


@pytest.mark.parametrize(
    "text",
    ["", "<char> a </char>", "<char> </char> <place> b </place>", "</char> a <char> <place> b </place>", HERE * 2],
)
def test_a_context_without_its_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"char|place"):
        read_context(text)


word = st.text(st.characters(categories=["L", "P"]), min_size=1).filter(lambda text: not text.startswith("<"))


@settings(deadline=None, max_examples=100)
@given(st.lists(word, min_size=1, max_size=12), st.data())
def test_a_context_keeps_every_word(tokens: list[str], data: st.DataObject) -> None:
    marked: dict[str, tuple[int, int]] = {}
    for kind in ("char", "place"):
        first = data.draw(st.integers(0, len(tokens) - 1))
        marked[kind] = first, data.draw(st.integers(first, len(tokens) - 1))
    words: list[str] = []
    for index, token in enumerate(tokens):
        words += [f"<{kind}>" for kind, (first, _) in marked.items() if first == index]
        words += [token]
        words += [f"</{kind}>" for kind, (_, last) in marked.items() if last == index]
    assert read_context(" ".join(words)) == Context(tuple(tokens), marked["char"], marked["place"])


def test_reads_the_development_data(data_folder: Path) -> None:
    train, dev = read_mobility(data_folder, "train"), read_mobility(data_folder, "dev")
    assert (len(train), len(dev)) == (1754, 251)
    assert sum(pair.valid for pair in train) == 1383
    assert [sum(pair.spatial == relation for pair in dev) for relation in SPATIAL] == [90, 15, 19, 13, 4, 60]
    assert all(pair.valid for pair in (*train, *dev) if pair.spatial)
    for pair in dev:
        for context in (pair.near, pair.middle, pair.far):
            assert '""' not in context.tokens
            for printed, (first, last) in ((pair.character, context.character), (pair.place, context.place)):
                assert " ".join(context.tokens[first : last + 1]) == printed


def test_quotation_marks_are_taken_off(tmp_path: Path) -> None:
    lost = f'" {HERE}'
    row = f'A\t1\tShe\thome\t{lost}\t"{HERE} , "" said "" he"\t{HERE}\n'
    (found,) = read_mobility(write(tmp_path, row, "A\tVALID\tNO REL\t\t\n"), "dev")
    assert found.near.tokens == ('"', "She", "was", "at", "home")
    assert found.middle.tokens == ("She", "was", "at", "home", ",", '"', "said", '"', "he")
    assert found.spatial == "NO REL"


@pytest.mark.parametrize(
    "odd",
    ['"<char> She </char> was at <place> home </place>', '<char> She </char> was at <place> home </place>"',
     '<char> "She </char> was at <place> home </place>', '<char> She </char> was" at <place> home"</place>',
     '""<char> She </char> was at <place> home </place>"'],
)  # fmt: skip
def test_a_quotation_mark_that_is_not_closed_is_no_hindrance(tmp_path: Path, odd: str) -> None:
    row = f"A\t1\tShe\thome\t{odd}\t{HERE}\t{HERE}\n"
    (found,) = read_mobility(write(tmp_path, row, "A\tVALID\tIN\t\t\n"), "dev")
    words = [word.strip('"') for word in found.near.tokens if word != '"']
    assert words == ["She", "was", "at", "home"]
    first, last = found.near.place
    assert "home" in " ".join(found.near.tokens[first : last + 1])


@pytest.mark.parametrize("row", [f'A\t1\tShe\thome\t"{HERE}\t{HERE}\n', 'A\t1\tShe\thome\t"She went\tShe\tShe\n'])
def test_a_line_of_odd_quoting_that_cannot_be_read_is_left_out_aloud(tmp_path: Path, row: str) -> None:
    good = f"B\t1\tShe\thome\t{HERE}\t{HERE}\t{HERE}\n"
    told: list[str] = []
    folder = write(tmp_path, row + good, "A\tVALID\tIN\t\t\nB\tVALID\tIN\t\t\n")
    assert [pair.id for pair in read_mobility(folder, "dev", tell=told.append)] == ["B"]
    assert len(told) == 1 and "line 2" in told[0]


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (f'A\t1\tShe\thome\t"{HERE}"\t{HERE} ""\n', "A\tVALID\tIN\t\t\n"),
        (f"A\t1\tShe\thome\t{HERE}\t{HERE}\n", "A\tVALID\tIN\t\t\n"),
        (f"A\t1\tShe\thome\t{HERE}\t{HERE}\tnothing\n", "A\tVALID\tIN\t\t\n"),
        (f"A\t1\tShe\thome\t{HERE}\t{HERE}\t{HERE}\n", "B\tVALID\tIN\t\t\n"),
        (f"A\t1\tShe\thome\t{HERE}\t{HERE}\t{HERE}\n", "A\tMAYBE\tIN\t\t\n"),
        (f"A\t1\tShe\thome\t{HERE}\t{HERE}\t{HERE}\n", "A\tVALID\tUNDER\t\t\n"),
        (f"A\t1\tShe\thome\t{HERE}\t{HERE}\t{HERE}\n", "A\tVALID\n"),
    ],
)
def test_a_damaged_line_is_one_clear_error(tmp_path: Path, row: str, label: str) -> None:
    with pytest.raises(UnreadableSource, match="line 2"):
        read_mobility(write(tmp_path, row, label), "dev")


def test_another_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        read_mobility(tmp_path, "dev")
    folder = write(tmp_path, "", "")
    (folder / "mobility" / "dev.tsv").write_text("another\tfile\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="line 1"):
        read_mobility(folder, "dev")
