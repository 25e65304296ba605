"""Files of a run folder that are lost, damaged or corrected by a person."""

from __future__ import annotations

import json

import pytest
from small_novel import READS, Runs

from litgraph.errors import RunFolderError


def test_a_corrected_label_flows_into_the_cast(runs: Runs) -> None:
    runs.build(mentions=READS.mentions)
    rows = runs.rows("mentions.jsonl")
    pronoun = next(row for row in reversed(rows) if row["form"] == "pronoun" and row["entity"])
    before = {entity["id"]: entity["mentions"] for entity in json.loads(runs.read("cast.json"))["entities"]}
    lines = "".join(json.dumps(row | ({"label": "FAC"} if row is pronoun else {})) + "\n" for row in rows)
    runs.write("mentions.jsonl", lines)
    runs.build(mentions=READS.mentions)
    after = {entity["id"]: entity["mentions"] for entity in json.loads(runs.read("cast.json"))["entities"]}
    assert after == before | {pronoun["entity"]: before[pronoun["entity"]] - 1}
    assert next(row for row in runs.rows("mentions.jsonl") if row["id"] == pronoun["id"])["entity"] == ""


@pytest.mark.parametrize(
    "name",
    ["book.json", "text.txt", "sentences.jsonl", "mentions.jsonl", "voices.jsonl", "quotations.jsonl",
     "relations.jsonl", "facts.jsonl", "cast.json", "cast.toml", "cast.proposed.toml", "graph.json", "graph.graphml"],
)  # fmt: skip
def test_a_file_that_is_gone_is_made_anew_as_it_was(runs: Runs, name: str) -> None:
    runs.build()
    before = runs.contents()
    (runs.folder / name).unlink()
    runs.build()
    assert runs.contents() == before


@pytest.mark.parametrize(
    "name", ["book.json", "text.txt", "sentences.jsonl", "cast.json", "facts.jsonl", "graph.json", "graph.graphml"]
)
def test_a_damaged_file_is_made_anew_and_kept_aside(runs: Runs, name: str) -> None:
    runs.build()
    before = runs.contents()
    damaged = before[name][: len(before[name]) // 2]
    (runs.folder / name).write_bytes(damaged)
    notices = runs.build().notices
    stem, _, ending = name.rpartition(".")
    after = runs.contents()
    assert after.pop(f"{stem}.previous.{ending}") == damaged
    assert after == before
    assert any(name in notice and "previous" in notice for notice in notices)


@pytest.mark.parametrize("name", ["mentions.jsonl", "quotations.jsonl", "relations.jsonl"])
@pytest.mark.parametrize("damage", ['{"id": ', '{"id": "m9"}', "[]"])
def test_a_damaged_line_of_a_file_that_people_correct_is_told_and_nothing_is_lost(
    runs: Runs, name: str, damage: str
) -> None:
    runs.build()
    text = runs.read(name)
    runs.write(name, text + damage + "\n")
    before = runs.contents()
    with pytest.raises(RunFolderError, match=f"ine {text.count(chr(10)) + 1} of .*{name}") as caught:
        runs.build()
    assert "Mend" in caught.value.hint
    assert runs.contents() == before
    runs.write(name, text)
    assert runs.redone() == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"sentence": 1,', '"sentence": 99,', "sentence 99"),
        ('"sentence": 1,', '"sentence": 5,', "sentence 5"),
        ('"text": "Mr. Bennet"', '"text": "Mr. Bennett"', "does not stand"),
        ('"id": "m1"', '"id": "m0"', "twice"),
        ('"label": "PER"', '"label": "PERSON"', "PERSON"),
        ('"start": ', '"start": "7", "colour": ', "colour"),
        ('"chapter": 1', '"chapter": 2', "chapter 2"),
    ],
)
def test_a_correction_of_mentions_that_cannot_be_is_told(runs: Runs, before: str, after: str, words: str) -> None:
    runs.build()
    runs.edit(before, after, "mentions.jsonl")
    with pytest.raises(RunFolderError, match=words):
        runs.build()


def test_corrected_mentions_flow_into_the_graph_and_stay(runs: Runs) -> None:
    runs.build()
    rows = runs.rows("mentions.jsonl")
    kept = [row | {"label": "PER"} for row in rows if row["text"] != "Lizzy"]
    runs.write("mentions.jsonl", "".join(json.dumps(row) + "\n" for row in reversed(kept)))
    assert runs.redone()[0] == "cast"
    assert runs.owner("Lizzy") == set() and len(runs.rows("mentions.jsonl")) == len(kept)
    assert runs.redone(window=2) == ["relations", "graph"]  # the same, so the facts stand
    assert runs.owner("Lizzy") == set()


def test_an_entity_in_mentions_is_the_casts_and_a_change_of_it_is_kept_aside(runs: Runs) -> None:
    runs.build()
    before = runs.read("mentions.jsonl")
    runs.edit('"entity": "mr-bennet"', '"entity": "jane-bennet"', "mentions.jsonl")
    notices = runs.build().notices
    assert runs.read("mentions.jsonl") == before
    assert '"entity": "jane-bennet"' in runs.read("mentions.previous.jsonl").splitlines()[0]
    assert any("mentions.previous.jsonl" in notice for notice in notices)


def test_corrected_relations_flow_into_the_graph_and_are_never_lost(runs: Runs) -> None:
    runs.build()
    rows = runs.rows("relations.jsonl")
    mine = rows[0] | {"head": "mr-darcy", "relation": "rival_of", "tail": "mr-bingley", "source": "me"}
    text = json.dumps(mine) + "\n"
    runs.write("relations.jsonl", text)
    assert runs.redone() == ["facts", "graph"]
    edges = json.loads(runs.read("graph.json"))["edges"]
    assert [edge["sources"] for edge in edges if edge["relation"] == "rival_of"] == [["me"]]
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    assert runs.redone() == ["cast", "graph"]
    assert runs.read("relations.jsonl") == text
    result = runs.build(window=2)
    assert runs.read("relations.previous.jsonl") == text
    assert any("relations.previous.jsonl" in notice for notice in result.notices)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"start": ', '"start": -', "line 1 stands from"),
        ('"chapter": 1', '"chapter": 2', "line 1 is not in chapter 2"),
        ('"chapter": 1', '"chapter": 9', "line 1 is not in chapter 9"),
        ('"speaker_turns": []', '"speaker_turns": [[1, 0.5]]', "points to a quotation that is not there, of 1"),
        ('"hearer_turns": []', '"hearer_turns": [[-1, 0.5]]', "points to a quotation that is not there, of 1"),
        ('"turn": 0', '"turn": "none"', "must be numbers"),
    ],
)
def test_voices_that_cannot_be_are_told(runs: Runs, before: str, after: str, words: str) -> None:
    runs.build()
    runs.edit(before, after, "voices.jsonl")
    with pytest.raises(RunFolderError, match=words):
        runs.build()
    (runs.folder / "voices.jsonl").unlink()
    assert runs.build().report["stages"]["speech"]["counts"]["quotations"] == 1


def spoken(runs: Runs, **changes: object) -> str:
    """The line of the novel's one quotation, as a person corrects it."""
    (row,) = runs.rows("quotations.jsonl")
    said = {"speaker": "victor-lebrun", "addressees": ["jane-bennet", "elizabeth-bennet"], "certainty": 1.0}
    return json.dumps(row | said | changes) + "\n"


def test_corrected_quotations_flow_into_the_graph_and_are_never_lost(runs: Runs) -> None:
    runs.build()
    text = spoken(runs)
    runs.write("quotations.jsonl", text)
    assert runs.redone() == ["facts", "graph"]
    edges = [edge for edge in json.loads(runs.read("graph.json"))["edges"] if edge["relation"] == "speaks_to"]
    assert [(edge["source"], edge["target"], edge["words"]) for edge in edges] == [
        ("victor-lebrun", "elizabeth-bennet", 5),
        ("victor-lebrun", "jane-bennet", 5),
    ]
    paragraph = "Jane of it at Longbourn. “Robert Lebrun is my brother,” said Victor Lebrun. Robert Lebrun knew Lebrun."
    assert [piece["text"] for piece in edges[0]["evidence"]] == [paragraph]
    assert runs.build().report["stages"]["graph"]["counts"]["conversations"] == 2
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    assert runs.redone(window=2) == ["cast", "relations", "graph"]
    assert runs.read("quotations.jsonl") == text
    runs.edit('id = "elizabeth-bennet"', 'id = "elizabeth-bennet"\nmerge_into = "jane-bennet"')
    result = runs.build(window=2)
    assert runs.read("quotations.previous.jsonl") == text
    assert any("quotations.previous.jsonl" in notice for notice in result.notices)
    assert "elizabeth-bennet" not in runs.read("quotations.jsonl")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": -1}, "there is no text"),
        ({"end": 10**6}, "there is no text"),
        ({"end": 0}, "there is no text"),
        ({"chapter": 2}, "is not in chapter 2"),
        ({"chapter": 9}, "there is no chapter 9"),
        ({"speaker": "nobody"}, "'nobody' is not in the cast"),
        ({"addressees": ["jane-bennet", ""]}, "'' is not in the cast"),
        ({"addressees": "jane-bennet"}, "not a list of ids"),
        ({"addressees": [1]}, "not a list of ids"),
        ({"cue": "m999"}, "'m999' is no mention"),
        ({"how": "guessed"}, "not one of named, described, turn, narrator"),
        ({"certainty": 1.5}, "not between 0 and 1"),
        ({"colour": "red"}, "colour is no field"),
    ],
)
def test_a_correction_of_quotations_that_cannot_be_is_told_with_its_line(
    runs: Runs, changes: dict[str, object], words: str
) -> None:
    runs.build()
    runs.write("quotations.jsonl", "\n" + spoken(runs, **changes))
    before = runs.contents()
    with pytest.raises(RunFolderError, match=f"Line 2 of .*quotations.jsonl: .*{words}") as caught:
        runs.build()
    assert "Mend" in caught.value.hint
    assert runs.contents() == before


def test_two_quotations_of_one_id_are_told_and_their_order_does_not_matter(runs: Runs) -> None:
    runs.build()
    (row,) = runs.rows("quotations.jsonl")
    first, second = spoken(runs, end=row["start"] + 4), spoken(runs, start=row["start"] + 5)
    runs.write("quotations.jsonl", first + second)
    with pytest.raises(RunFolderError, match=r"Line 2 of .*'q0' cannot be: it is there twice"):
        runs.build()
    graphs = []
    for lines in ((first, second.replace('"q0"', '"q1"')), (second.replace('"q0"', '"q1"'), first)):
        runs.write("quotations.jsonl", "".join(lines))
        runs.build()
        graphs.append(runs.read("graph.json"))
    assert graphs[0] == graphs[1] and '"speaks_to"' in graphs[0]


def test_a_damaged_report_can_be_deleted_as_its_error_says(runs: Runs) -> None:
    runs.build()
    before = runs.contents()
    for damage in ("{", "[]", '{"stages": 3}'):
        runs.write("report.json", damage)
        with pytest.raises(RunFolderError) as caught:
            runs.build()
        assert "Delete it" in caught.value.hint
    (runs.folder / "report.json").unlink()
    runs.build()
    assert runs.contents() == before
