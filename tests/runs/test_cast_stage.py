"""A person's edits, generated, carried through the files from run to run."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from litgraph.cast.file.edits import Edits
from litgraph.cast.file.parsing import parse
from litgraph.cast.file.render import render
from litgraph.cast.resolve import Understanding, resolve, understand
from litgraph.errors import CastFileError
from litgraph.runs import cast_stage
from litgraph.runs.cast_stage import EDITED, EditableCast
from litgraph.runs.cast_stage import PROPOSED as PROPOSED_FILE
from litgraph.runs.folder import RunFolder
from litgraph.types import ENTITY_KINDS, Book, Cast, Entity, Mention, Sentence

# Robert and Victor bear "Lebrun", each where he stands; Ann and Jane both may be "Miss Bennet", where nobody knows.
LEBRUNS = [(f"{'Robert' if chapter < 9 else 'Victor'} Lebrun", chapter) for chapter in range(18) for _ in range(4)]
OTHERS = [
    ("Emma", 6), ("Emma Woodhouse", 2), ("Hartfield", 2), ("Mr. Weston", 3), ("Mrs. Weston", 2), ("Miss Taylor", 2),
    ("Ann Bennet", 4), ("Jane Bennet", 4), ("Miss Bennet", 3),
]  # fmt: skip
ROWS = [(name, 5) for name, count in OTHERS for _ in range(count)] + LEBRUNS
ROWS = sorted([*ROWS, *(("Lebrun", chapter) for chapter in (0, 1, 16, 17))], key=lambda row: row[1])
MENTIONS = [
    Mention(f"m{i}", i * 30, i * 30 + len(name), name, "GPE" if name == "Hartfield" else "PER", "name", i, chapter)
    for i, (name, chapter) in enumerate(ROWS)
]
EXTRA = Mention("extra", 9000, 9007, "Zenobia", "PER", "name", len(ROWS), 3)
PROPOSED = resolve(MENTIONS)
IDS = sorted(entity.id for entity in PROPOSED.entities)
NAMES = sorted({name for name, _ in ROWS})

Row = dict[str, Any]


def editable_cast(folder: Path, mentions: list[Mention]) -> EditableCast:
    sentences = [Sentence(i, i * 30, i * 30 + 29, 1, 0) for i in range(len(ROWS) + 1)]
    return EditableCast(folder, Book("." * 9100), sentences, mentions)


def build(folder: Path, mentions: list[Mention]) -> Cast:
    editable = editable_cast(folder, mentions)
    return RunFolder(folder).keep(editable.stage, editable.compute, editable.depends_on)


def edit(folder: Path, change: Callable[[list[Row]], None]) -> None:
    """Change the rows of cast.toml, as a person would who does not care for comments."""
    names = (
        "id",
        "name",
        "kind",
        "gender",
        "aliases",
        "sometimes",
        "absent",
        "ambiguous",
        "drop",
        "merge_into",
        "same_as",
    )
    rows: list[Row] = []
    for row in parse((folder / EDITED).read_text(encoding="utf-8"), path=EDITED).rows:
        told = {name: getattr(row, name) for name in names}
        rows.append({name: list(value) if isinstance(value, tuple) else value for name, value in told.items() if value})
        if row.lists_names:
            rows[-1].setdefault("aliases", [])
    change(rows)
    text = "".join(
        "[[entity]]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in row.items())
        for row in rows
    )
    (folder / EDITED).write_text(text, encoding="utf-8", newline="\n")


def apply(rows: list[Row], kind: str, id_: str, other: str, name: str, value: str) -> None:
    """One edit. What cannot be said of the rows as they are is not said."""
    by_id = {row["id"]: row for row in rows}
    row = by_id.get(id_)
    if row is None:
        return
    if kind == "move":
        for owner in rows:
            for key in ("aliases", "sometimes"):
                if name in owner.get(key, []):
                    owner[key].remove(name)
        row.setdefault("aliases", []).append(name)
    elif kind == "split" and "new" not in by_id:
        rows.append({"id": "new", "name": "Somebody New", "aliases": []})
        apply(rows, "move", "new", other, name, value)
    elif kind == "forget" and name in row.get("aliases", []):
        row["aliases"].remove(name)
    elif kind == "not here" and name in row.get("sometimes", []):
        row["sometimes"].remove(name)
    elif kind == "merge" and other in by_id and other != id_ and not row.get("drop"):
        row["merge_into"] = other
    elif kind == "drop" and not row.get("merge_into"):
        row["drop"] = True
    elif kind == "delete":
        rows.remove(row)
    elif kind == "rename":
        row["name"] = value
    elif kind == "gender":
        row["gender"] = "male" if value < "m" else "unknown"
    elif kind == "same as":
        row["same_as"] = f"Q{len(value)}"
    elif kind == "kind":
        row["kind"] = ENTITY_KINDS[len(value) % len(ENTITY_KINDS)]
    elif kind == "ambiguous":
        row["ambiguous"] = not row.get("ambiguous", False)


one_edit = st.tuples(
    st.sampled_from(
        [
            "move",
            "split",
            "forget",
            "not here",
            "merge",
            "drop",
            "delete",
            "rename",
            "gender",
            "kind",
            "ambiguous",
            "same as",
        ]
    ),
    st.sampled_from([*IDS, "new"]),
    st.sampled_from([*IDS, "new"]),
    st.sampled_from(NAMES),
    st.text("aZé\"\\'#\n", min_size=1, max_size=6),
)


def told(cast: Cast) -> dict[str, tuple[Any, ...]]:
    """Everything about the cast but its figures and the extra name."""
    return {
        entity.id: (entity.name, entity.kind, entity.gender, entity.ambiguous, entity.same_as, entity.aliases)
        for entity in cast.entities
        if entity.id != "zenobia"
    }


def owners(cast: Cast) -> dict[str, str]:
    return {mention: owner for mention, owner in cast.entity_of.items() if mention != "extra"}


def test_the_cast_here_has_every_sort_of_row() -> None:
    by_name = {name: {PROPOSED.entity_of[m.id] for m in MENTIONS if m.text == name} for name in NAMES}
    assert by_name["Lebrun"] == {"robert-lebrun", "victor-lebrun"}
    assert any(entity.ambiguous for entity in PROPOSED.entities)


def as_listed(rows: list[Row], name: str) -> str | None:
    """Whom the file gives a name wherever it stands; "" if nobody; None if that is left to the text."""
    by_id = {row["id"]: row for row in rows}
    owner = next((row for row in rows if name in row.get("aliases", [])), None)
    if owner is None:
        return None
    while owner.get("merge_into"):
        owner = by_id[owner["merge_into"]]
    return "" if owner.get("drop") else str(owner["id"])


@settings(deadline=None, max_examples=25)
@example(  # a name that went into a dropped row, out of one that was merged
    first=[
        ("move", "ann-bennet", "new", "Victor Lebrun", "a"),
        ("merge", "victor-lebrun", "emma-woodhouse", "Emma", "a"),
        ("drop", "ann-bennet", "new", "Emma", "a"),
    ],
    second=[],
    unseen="Ann Bennet",
)
@example(  # a name that is nobody's, out of a row that was merged
    first=[
        ("forget", "victor-lebrun", "new", "Victor Lebrun", "a"),
        ("merge", "victor-lebrun", "emma-woodhouse", "Emma", "a"),
    ],
    second=[],
    unseen="Ann Bennet",
)
@given(
    first=st.lists(one_edit, min_size=1, max_size=4),
    second=st.lists(one_edit, max_size=2),
    unseen=st.sampled_from(NAMES),
)
def test_edits_are_carried_from_run_to_run(
    first: list[Any], second: list[Any], unseen: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("run")
    build(folder, MENTIONS)
    listed: list[Row] = []
    for changes in (first, second):

        def change(rows: list[Row], changes: list[Any] = changes) -> None:
            for one in changes:
                apply(rows, *one)
            listed[:] = rows

        edit(folder, change)
        text = (folder / EDITED).read_text(encoding="utf-8")
        try:
            cast = build(folder, MENTIONS)
        except CastFileError:
            assume(False)
        for mention in MENTIONS:
            owner = as_listed(listed, mention.text)
            assert owner is None or cast.entity_of.get(mention.id, "") == owner, mention.text
        for row in listed:
            if row["id"] in told(cast) and "name" in row:
                assert told(cast)[row["id"]][:2] == (
                    row["name"],
                    row["kind"] if "kind" in row else told(cast)[row["id"]][1],
                )
        assert build(folder, MENTIONS) == cast
        assert (folder / EDITED).read_text(encoding="utf-8") == text
        # Another tagger sees more, or less, and the first one is used again: nothing of the edits may be lost.
        more = build(folder, [*MENTIONS, EXTRA])
        assert (told(more), owners(more)) == (told(cast), owners(cast))
        assert build(folder, [*MENTIONS, EXTRA]) == more
        less = [mention for mention in MENTIONS if mention.text != unseen]
        build(folder, less)
        again = build(folder, MENTIONS)
        # Names that the machine itself gave to others meanwhile may have gone with a row that was merged.
        meanwhile = resolve(less).entity_of
        astray = {m.text for m in less if meanwhile[m.id] != PROPOSED.entity_of[m.id]}
        steady = [mention.id for mention in MENTIONS if mention.text not in astray]
        assert [owners(again).get(id_) for id_ in steady] == [owners(cast).get(id_) for id_ in steady]
        for id_, row in told(cast).items():
            if not astray & dict(row[-1]).keys():
                assert told(again)[id_][:4] == row[:4]


def test_a_name_that_was_made_clear_stays_clear_though_the_book_lost_it_for_a_while(tmp_path: Path) -> None:
    build(tmp_path, MENTIONS)

    def somebody_of_her_own(rows: list[Row]) -> None:
        del next(row for row in rows if row["id"] == "miss-bennet-ambiguous")["ambiguous"]

    edit(tmp_path, somebody_of_her_own)
    cast = build(tmp_path, MENTIONS)
    assert not told(cast)["miss-bennet-ambiguous"][3]
    build(tmp_path, [mention for mention in MENTIONS if mention.text != "Miss Bennet"])
    assert told(build(tmp_path, MENTIONS)) == told(cast)


def test_a_name_that_several_bear_can_be_taken_from_one_of_them(tmp_path: Path) -> None:
    build(tmp_path, MENTIONS)

    def not_victors(rows: list[Row]) -> None:
        next(row for row in rows if row["id"] == "victor-lebrun")["sometimes"].remove("Lebrun")

    edit(tmp_path, not_victors)
    for mentions in (MENTIONS, [*MENTIONS, EXTRA]):
        cast = build(tmp_path, mentions)
        lebruns: list[Entity] = [entity for entity in cast.entities if "Lebrun" in dict(entity.aliases)]
        assert [(entity.id, dict(entity.aliases)["Lebrun"]) for entity in lebruns] == [("robert-lebrun", 4)]


def test_a_row_may_be_dropped_though_others_bear_its_name(tmp_path: Path) -> None:
    build(tmp_path, MENTIONS)
    edit(tmp_path, lambda rows: next(row for row in rows if row["id"] == "victor-lebrun").update(drop=True))
    for mentions in (MENTIONS, [*MENTIONS, EXTRA], MENTIONS):
        cast = build(tmp_path, mentions)
        assert dict(next(e for e in cast.entities if e.id == "robert-lebrun").aliases)["Lebrun"] == 2


def test_a_mention_that_was_given_by_id_is_found_again_when_ids_have_changed(tmp_path: Path) -> None:
    build(tmp_path, MENTIONS)
    lebrun = next(mention for mention in MENTIONS if mention.text == "Lebrun")
    text = (tmp_path / EDITED).read_text(encoding="utf-8") + f'[[mention]]\nid = "{lebrun.id}"\nentity = "hartfield"\n'
    (tmp_path / EDITED).write_text(text, encoding="utf-8", newline="\n")
    assert build(tmp_path, MENTIONS).entity_of[lebrun.id] == "hartfield"
    others = [replace(EXTRA, id="m0"), *(replace(mention, id=f"m{i}") for i, mention in enumerate(MENTIONS, 1))]
    cast = build(tmp_path, others)
    assert [mention.text for mention in others if cast.entity_of[mention.id] == "hartfield"].count("Lebrun") == 1
    assert build(tmp_path, MENTIONS).entity_of[lebrun.id] == "hartfield"


def test_a_mention_that_the_book_does_not_have_is_told_of(tmp_path: Path) -> None:
    build(tmp_path, MENTIONS)
    text = (tmp_path / EDITED).read_text(encoding="utf-8") + '[[mention]]\nid = "m999"\nentity = "hartfield"\n'
    (tmp_path / EDITED).write_text(text, encoding="utf-8", newline="\n")
    editable = editable_cast(tmp_path, MENTIONS)
    assert RunFolder(tmp_path).keep(editable.stage, editable.compute, editable.depends_on) == PROPOSED
    assert "speaks of 1 mentions" in editable.notices[0] and "'m999'" in editable.notices[0]


def test_the_proposal_is_made_once_as_long_as_the_book_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def counted(mentions: Sequence[Mention], edits: Edits | None = None, **more: Any) -> Understanding:
        asked.append(edits is not None)
        return understand(mentions, edits, **more)

    monkeypatch.setattr(cast_stage, "understand", counted)
    build(tmp_path, MENTIONS)
    edit(tmp_path, lambda rows: rows[0].update(name="Another"))
    build(tmp_path, MENTIONS)
    assert asked == [False, True]
    # Not if somebody changed it, nor for other mentions.
    (tmp_path / PROPOSED_FILE).write_text(render(PROPOSED), encoding="utf-8", newline="\n")
    build(tmp_path, MENTIONS)
    build(tmp_path, [*MENTIONS, EXTRA])
    assert asked == [False, True, True, False, True, False]
