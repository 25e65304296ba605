"""Single mentions, and names in some chapters, given to somebody by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from marked import marked

from litgraph.cast import resolve
from litgraph.cast.file.compare import edits
from litgraph.cast.file.edits import Edits
from litgraph.cast.file.given import parse_given, with_places, write_places
from litgraph.cast.file.parsing import parse
from litgraph.cast.file.render import render, render_edited
from litgraph.errors import CastFileError
from litgraph.types import Cast, Mention

# "Darcy" is Mr. Darcy; "the lady" and "she" lead to Elizabeth; Bath is a place, and nobody is called so.
TEXT, MENTIONS = marked(
    "[Elizabeth Bennet] met [Mr. Darcy] at [Bath|GPE]. [Darcy] bowed. {She:c1} smiled, and <the lady:c1> went on.",
    "[Mr. Darcy] wrote. [Elizabeth] read. [Darcy] waited at [Bath|GPE]. [Bath|GPE] laughed. [Jane Bennet] slept.",
)
PROPOSED = resolve(MENTIONS, text=TEXT)
PROPOSAL = render(PROPOSED)
NEW_ROW = '\n[[entity]]\nid = "{0}"\nname = "Old {0}"\nkind = "{1}"\n'


def table(**values: object) -> str:
    return "\n[[mention]]\n" + "".join(f"{key} = {value!r}\n" for key, value in values.items())


def changes(text: str, mentions: Sequence[Mention] = MENTIONS) -> Edits:
    found = edits(parse(text, path="cast.toml"), parse(PROPOSAL, path="cast.proposed.toml"))
    return replace(found, given=with_places(found.given, mentions))


def rerun(text: str) -> Cast:
    return resolve(MENTIONS, changes(text), text=TEXT)


def id_of(words: str, number: int = 0) -> str:
    return [mention.id for mention in MENTIONS if mention.text == words][number]


def survives(text: str) -> Cast:
    """Apply the edits, write the file anew, read it again, also when other mentions were found: nothing may change."""
    cast = rerun(text)
    again = render_edited(cast, changes(text), PROPOSED)
    assert rerun(again) == cast
    assert render_edited(rerun(again), changes(again), PROPOSED) == again
    shifted = [replace(mention, id=f"m{number + 1}") for number, mention in enumerate(MENTIONS)]
    others = resolve(shifted, changes(again), text=TEXT)
    old_ids = {f"m{number + 1}": mention.id for number, mention in enumerate(MENTIONS)}
    assert {old_ids[id_]: owner for id_, owner in others.entity_of.items()} == cast.entity_of
    return cast


@pytest.mark.parametrize("words", ["Mr. Darcy", "Darcy", "Bath", "She", "the lady", "Elizabeth"])
@pytest.mark.parametrize("owner", ["jane-bennet", "bath", "", "mr-darcy"])
def test_one_mention_of_any_form_is_given_to_somebody_and_the_others_stay(words: str, owner: str) -> None:
    cast = survives(PROPOSAL + table(id=id_of(words), entity=owner))
    assert cast.entity_of.get(id_of(words), "") == owner
    same = [mention.id for mention in MENTIONS if mention.text == words][1:]
    assert [cast.entity_of.get(id_) for id_ in same] == [PROPOSED.entity_of.get(id_) for id_ in same]


def test_what_leads_to_a_mention_that_was_given_leads_to_whom_it_was_given() -> None:
    cast = survives(PROPOSAL + table(id=id_of("She"), entity="jane-bennet"))
    assert cast.entity_of[id_of("the lady")] == "jane-bennet"


def test_a_name_is_given_in_some_chapters() -> None:
    cast = survives(PROPOSAL + table(name="Darcy", chapters=[2], entity="jane-bennet"))
    assert [cast.entity_of[id_of("Darcy", number)] for number in (0, 1)] == ["mr-darcy", "jane-bennet"]


def test_a_single_mention_wins_over_its_chapter_and_that_over_the_book() -> None:
    text = PROPOSAL + table(name="Bath", entity="mr-darcy") + table(name="Bath", chapters=[2], entity="jane-bennet")
    cast = survives(text + table(id=id_of("Bath", 2), entity="elizabeth-bennet"))
    owners = [cast.entity_of[id_of("Bath", number)] for number in range(3)]
    assert owners == ["mr-darcy", "jane-bennet", "elizabeth-bennet"]


def test_a_person_is_parted_from_a_place_by_a_new_row_that_bears_the_name_sometimes() -> None:
    cast = survives(PROPOSAL + NEW_ROW.format("mr-bath", "character") + 'sometimes = ["Bath"]\n')
    assert [cast.entity_of[id_of("Bath", number)] for number in range(3)] == ["bath", "bath", "mr-bath"]
    assert {entity.id: entity.kind for entity in cast.entities}["mr-bath"] == "character"


def test_a_place_is_parted_from_a_person_by_word() -> None:
    text = PROPOSAL.replace('id = "bath"', 'id = "bath"\nkind = "character"').replace('kind = "place"\n', "")
    cast = survives(text + NEW_ROW.format("town", "place") + table(name="Bath", kind="place", entity="town"))
    assert [cast.entity_of[id_of("Bath", number)] for number in range(3)] == ["town", "town", "bath"]


def test_a_row_that_gave_all_its_mentions_away_keeps_its_names() -> None:
    text = PROPOSAL + "".join(table(id=id_of("Bath", number), entity="jane-bennet") for number in range(3))
    cast = survives(text)
    assert "bath" not in {entity.id for entity in cast.entities}
    again = render_edited(cast, changes(text), PROPOSED)
    assert changes(again).pins.get("Bath") != ""
    without = again[: again.index("\n[[mention]]")]
    assert rerun(without).entity_of == PROPOSED.entity_of


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (table(id="m1", entity="nobody-here"), "there is no row 'nobody-here', so the mention 'm1' cannot be given"),
        (table(id="m1"), "nothing says whom it means"),
        (table(entity="bath"), "by its id"),
        (table(id="m1", name="Bath", entity="bath"), "by one of the two"),
        (table(id="m1", entity="bath") + table(id="m1", entity=""), "is given to '' and, in line"),
        (
            table(name="Bath", chapters=[1, 2], entity="") + table(name="Bath", chapters=[2], entity="bath"),
            "chapters 2",
        ),
        (table(name="Bath", chapters=["2"], entity="bath"), "list of numbers"),
        (table(name="Bath", chapters=2, entity="bath"), "list of numbers"),
        (table(id=3, entity="bath"), "id must be text in quotes, not 3"),
        (table(id="m1", start="x", entity="bath"), "start must be a whole number"),
        (table(name="Bath", kind="vehicle", entity="bath"), "unknown kind 'vehicle'"),
        (table(nam="Bath", entity="bath"), "unknown key 'nam'"),
        ('\nmention = "m1"\n', "unknown key 'mention'"),
    ],
)
def test_what_cannot_be_is_refused_in_words(said: str, message: str) -> None:
    with pytest.raises(CastFileError) as error:
        changes(PROPOSAL + said)
    assert message in error.value.what and error.value.hint


def test_who_is_dropped_can_be_given_nothing() -> None:
    text = PROPOSAL.replace('id = "bath"', 'id = "bath"\ndrop = true')
    with pytest.raises(CastFileError, match="'bath' is dropped, so the mention 'm1'"):
        changes(text + table(id="m1", entity="bath"))


def test_a_mention_told_by_its_id_says_afterwards_where_it_stands() -> None:
    text = f"# mine\n{PROPOSAL}\n[[mention]]  # this one\n\nid = 'm1'\nentity = 'bath'\n\n# the end\n"
    before = parse(text, path="cast.toml").given
    written = write_places(text, before, with_places(before, MENTIONS))
    after = parse(written, path="cast.toml").given
    assert (after[0].start, after[0].text) == (MENTIONS[1].start, "Mr. Darcy")
    assert [line for line in written.split("\n") if line not in text.split("\n")] == [
        f"start = {MENTIONS[1].start}",
        'text = "Mr. Darcy"',
    ]
    assert write_places(written, after, with_places(after, MENTIONS)) == written


IDS = sorted(entity.id for entity in PROPOSED.entities)
NAMES = sorted({alias for entity in PROPOSED.entities for alias, _ in entity.aliases})
one_given = st.one_of(
    st.fixed_dictionaries(
        {"id": st.sampled_from([mention.id for mention in MENTIONS]), "entity": st.sampled_from([*IDS, ""])}
    ),
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(NAMES),
            "chapters": st.lists(st.sampled_from([1, 2]), max_size=2, unique=True),
            "kind": st.sampled_from(["", "place", "character"]),
            "entity": st.sampled_from([*IDS, ""]),
        }
    ),
)
Edit = Callable[[str], str]
one_edit: st.SearchStrategy[Edit] = st.sampled_from(
    [
        lambda text: text.replace('id = "bath"', 'id = "bath"\nmerge_into = "mr-darcy"'),
        lambda text: text.replace('id = "jane-bennet"', 'id = "jane-bennet"\ndrop = true'),
        lambda text: text.replace('    "Darcy",  # 2\n', ""),
        lambda text: text.replace('name = "Bath"', 'name = "Mr. Bath"\nambiguous = true'),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(one_given, max_size=4), st.lists(one_edit, max_size=2))
def test_whatever_is_given_survives(tables: list[dict[str, Any]], more: list[Edit]) -> None:
    text = PROPOSAL
    for change in more:
        text = change(text)
    text += "".join(table(**values) for values in tables)
    try:
        changes(text)
    except CastFileError:
        assume(False)
    cast = survives(text)
    singles = {values["id"]: values["entity"] for values in tables if "id" in values}
    merged = changes(text).merged
    for id_, owner in singles.items():
        assert cast.entity_of.get(id_, "") == merged.get(owner, owner)


@given(st.text())
def test_no_text_makes_it_fall(text: str) -> None:
    try:
        parse(f"[[mention]]\n{text}", path="cast.toml")
    except CastFileError as error:
        assert error.hint


def test_tables_that_are_no_list_are_refused() -> None:
    with pytest.raises(CastFileError, match="must be a list"):
        parse_given({"id": "m1"}, [], "cast.toml")
