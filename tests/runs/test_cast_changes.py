"""The edits of cast.toml from the shell: the same as by hand, with everything else left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import bearer, names

from litgraph.cast import resolve
from litgraph.cast.file.compare import edits
from litgraph.cast.file.parsing import parse
from litgraph.cast.file.render import render
from litgraph.errors import CastFileError, RunFolderError
from litgraph.files import write_jsonl
from litgraph.runs.cast_changes import Change, change_cast
from litgraph.runs.cast_stage import EDITED, PROPOSED
from litgraph.runs.formats import mention_to_row
from litgraph.types import Cast

MENTIONS = names(
    ("Emma", 9), ("Emma Woodhouse", 2), ("Miss Taylor", 4), ("Mrs. Weston", 5), ("Mr. Weston", 6),
    ("Hartfield", 3, "GPE"), ("Robert Lebrun", 5), ("Victor Lebrun", 5), ("Lebrun", 3),
)  # fmt: skip


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    proposal = render(resolve(MENTIONS))
    (tmp_path / PROPOSED).write_text(proposal, encoding="utf-8", newline="\n")
    (tmp_path / EDITED).write_text(proposal, encoding="utf-8", newline="\n")
    return tmp_path


def edited(folder: Path) -> str:
    return (folder / EDITED).read_text(encoding="utf-8")


def rerun(folder: Path) -> Cast:
    """The cast of the next run."""
    proposed = (folder / PROPOSED).read_text(encoding="utf-8")
    return resolve(MENTIONS, edits(parse(edited(folder), path=EDITED), parse(proposed, path=PROPOSED)))


def test_merge_rename_split_and_drop(folder: Path) -> None:
    done = change_cast(
        folder,
        [
            Change("split", "emma-woodhouse", "Emma Woodhouse"),
            Change("merge", "Miss Taylor", "Mrs. Weston"),
            Change("rename", "Mrs. Weston", 'Anne "Taylor" Weston'),
            Change("drop", "Hartfield"),
        ],
    )
    assert len(done) == 4 and "miss-taylor is merged into mrs-weston." in done
    cast = rerun(folder)
    weston = bearer(cast, "Miss Taylor")
    assert (weston.id, weston.name, weston.mentions) == ("mrs-weston", 'Anne "Taylor" Weston', 9)
    assert bearer(cast, "Emma Woodhouse").id != bearer(cast, "Emma").id
    assert not [entity for entity in cast.entities if entity.id == "hartfield"]


def test_what_a_person_wrote_stays(folder: Path) -> None:
    text = edited(folder).replace('id = "miss-taylor"', "# She marries in chapter 1.\nid = 'miss-taylor'")
    text += '\n# My own row.\n[[entity]]\nname = "Bates"\naliases = [ ]  # none yet\nabsent = ["Bates"]\n'
    (folder / EDITED).write_text(text, encoding="utf-8", newline="\n")
    change_cast(folder, [Change("merge", "Miss Taylor", "Mrs. Weston"), Change("split", "Emma", "Emma Woodhouse")])
    before, after = text.splitlines(), edited(folder).splitlines()
    added = [line for line in after if line not in before]
    assert [line for line in before if line not in after] == ['    "Emma Woodhouse",  # 2']
    assert 'merge_into = "mrs-weston"' in added and "# My own row." in after
    assert any("# She marries in chapter 1." in line for line in after)


def test_an_ambiguous_name_is_given_to_somebody(folder: Path) -> None:
    change_cast(folder, [Change("merge", "Lebrun", "Robert Lebrun")])
    assert bearer(rerun(folder), "Lebrun").id == "robert-lebrun"


def test_a_second_merge_and_a_second_name_replace_the_first(folder: Path) -> None:
    change_cast(folder, [Change("merge", "Miss Taylor", "Emma"), Change("rename", "Emma", "E.")])
    change_cast(folder, [Change("merge", "miss-taylor", "Mrs. Weston"), Change("rename", "E.", "Emma W.")])
    cast = rerun(folder)
    assert bearer(cast, "Miss Taylor").id == "mrs-weston" and bearer(cast, "Emma").name == "Emma W."


def test_rows_in_one_line_can_be_changed_too(folder: Path) -> None:
    proposed = parse(edited(folder), path=PROPOSED)
    rows = ", ".join(
        f'{{id = "{row.id}", name = "{row.name}", aliases = {list(row.aliases)!r}}}'.replace("'", '"')
        for row in proposed.rows
    )
    (folder / EDITED).write_text(f"entity = [{rows}]\n", encoding="utf-8", newline="\n")
    change_cast(folder, [Change("merge", "Miss Taylor", "Mrs. Weston"), Change("rename", "Emma", "Emma W.")])
    assert bearer(rerun(folder), "Miss Taylor").id == "mrs-weston"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change("drop", "Mr. Westno"), "no row 'Mr. Westno'.*Did you mean mr-weston"),
        (Change("drop", "Zenobia"), "no row 'Zenobia'.*--top 0"),
        (Change("merge", "Emma", "Emma Woodhouse"), "one row already"),
        (Change("merge", "Emma", "Nobody"), "no row 'Nobody'"),
        (Change("split", "Emma", "Lizzy"), "not called 'Lizzy'.*'Emma'"),
        (Change("split", "Miss Taylor", "Miss Taylor"), "only name"),
        (Change("rename", "Emma", " "), "renamed to nothing"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(folder: Path, change: Change, told: str) -> None:
    before = edited(folder)
    with pytest.raises(CastFileError, match=f"(?s){told}"):
        change_cast(folder, [Change("rename", "Hartfield", "The Hartfields"), change])
    assert edited(folder) == before


def test_contradictions_are_told(folder: Path) -> None:
    change_cast(folder, [Change("merge", "Miss Taylor", "Mrs. Weston")])
    with pytest.raises(CastFileError, match=r"Nothing was changed.*circle"):
        change_cast(folder, [Change("merge", "Mrs. Weston", "miss-taylor")])
    with pytest.raises(CastFileError, match=r"Nothing was changed.*dropped"):
        change_cast(folder, [Change("drop", "Mrs. Weston")])
    assert bearer(rerun(folder), "Miss Taylor").id == "mrs-weston"


def test_a_name_of_several_rows_must_be_decided_by_hand(tmp_path: Path) -> None:
    rows = '[[entity]]\nid = "{0}"\naliases = ["{0} Lebrun"]\nsometimes = ["Lebrun"]\n'
    text = "\n".join(rows.format(name) for name in ("Robert", "Victor"))
    for name in (EDITED, PROPOSED):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(CastFileError, match="only sometimes"):
        change_cast(tmp_path, [Change("split", "Robert", "Lebrun")])
    with pytest.raises(CastFileError, match="may be any of Robert, Victor"):
        change_cast(tmp_path, [Change("drop", "Lebrun")])


def test_a_folder_without_a_cast_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match=EDITED):
        change_cast(tmp_path, [Change("drop", "Emma")])


def test_a_file_that_is_wrong_already_is_told_with_its_line(folder: Path) -> None:
    (folder / EDITED).write_text(edited(folder) + '\n[[entity]]\nid = "emma\n', encoding="utf-8", newline="\n")
    line = len(edited(folder).splitlines())
    with pytest.raises(CastFileError, match=f"line {line}"):
        change_cast(folder, [Change("drop", "Emma")])


def test_a_mention_is_given_to_a_row_and_then_to_another(folder: Path) -> None:
    write_jsonl(folder / "mentions.jsonl", (mention_to_row(mention, {}) for mention in MENTIONS))
    first = next(mention for mention in MENTIONS if mention.text == "Lebrun")
    [done] = change_cast(folder, [Change("mention", first.id, "Victor Lebrun")])
    assert done == f"'Lebrun' ({first.id}, chapter 1) is victor-lebrun."
    assert rerun(folder).entity_of[first.id] == "victor-lebrun"
    change_cast(folder, [Change("mention", first.id, "emma-woodhouse")])
    assert rerun(folder).entity_of[first.id] == "emma-woodhouse"
    change_cast(folder, [Change("mention", first.id, "")])
    assert first.id not in rerun(folder).entity_of
    assert edited(folder).count("\n[[mention]]") == 1


@pytest.mark.parametrize(("mention", "row"), [("m9999", "emma-woodhouse"), ("m1", "Zenobia")])
def test_a_mention_or_a_row_that_is_not_there_is_refused(folder: Path, mention: str, row: str) -> None:
    write_jsonl(folder / "mentions.jsonl", (mention_to_row(mention, {}) for mention in MENTIONS))
    before = edited(folder)
    with pytest.raises(CastFileError, match=f"no (mention|row) '({mention}|{row})'"):
        change_cast(folder, [Change("mention", mention, row)])
    assert edited(folder) == before


def test_kind_and_gender_are_set(folder: Path) -> None:
    done = change_cast(folder, [Change("kind", "Hartfield", "organisation"), Change("gender", "Emma", "female")])
    assert done == ["hartfield is kind 'organisation'.", "emma-woodhouse is gender 'female'."]
    cast = rerun(folder)
    assert bearer(cast, "Hartfield").kind == "organisation" and bearer(cast, "Emma").gender == "female"
    with pytest.raises(CastFileError, match="Nothing was changed"):
        change_cast(folder, [Change("kind", "Hartfield", "horse")])


def test_a_fact_is_asserted_and_denied_in_one_place(folder: Path) -> None:
    def said() -> list[tuple[str, str, str, bool]]:
        return [(one.head, one.relation, one.tail, one.deny) for one in parse(edited(folder), path=EDITED).said]

    before = edited(folder)
    change_cast(folder, [Change("assert", "Emma", "Robert Lebrun", "sibling_of")])
    assert said() == [("emma-woodhouse", "sibling_of", "robert-lebrun", False)]
    assert edited(folder).startswith(before.rstrip())
    change_cast(folder, [Change("deny", "Robert Lebrun", "Emma", "sibling_of")])
    assert said() == [("emma-woodhouse", "sibling_of", "robert-lebrun", True)], "siblings are so both ways"
    change_cast(folder, [Change("assert", "Emma", "Robert Lebrun", "sibling_of")])
    assert said() == [("emma-woodhouse", "sibling_of", "robert-lebrun", False)]
    change_cast(folder, [Change("deny", "Robert Lebrun", "Emma", "lover_of")])
    assert said()[1:] == [("robert-lebrun", "lover_of", "emma-woodhouse", True)]
    for wrong in (Change("assert", "Emma", "Emma", "friend_of"), Change("assert", "Emma", "Lebrun", "hates")):
        with pytest.raises(CastFileError, match="Nothing was changed"):
            change_cast(folder, [wrong])
