"""The file a person edits: written, read, compared, applied."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import marked

from litgraph.cast import Edits, resolve
from litgraph.cast.file.compare import edits
from litgraph.cast.file.parsing import CastFile, parse
from litgraph.cast.file.render import render, render_edited
from litgraph.errors import CastFileError
from litgraph.types import ENTITY_KINDS, Cast, Entity, Mention

NAMES = (
    ["Emma"] * 9 + ["Emma Woodhouse"] * 2 + ["Miss Taylor"] * 4 + ["Mrs. Weston"] * 5 + ["Mr. Weston"] * 6
    + ["Hartfield"] * 3 + ["Robert Lebrun"] * 5 + ["Victor Lebrun"] * 5 + ["Lebrun"] * 3
)  # fmt: skip
MENTIONS = [
    Mention(
        f"m{index}", index * 30, index * 30 + len(name), name, "GPE" if name == "Hartfield" else "PER", "name", index, 1
    )
    for index, name in enumerate(NAMES)
]
PROPOSED = resolve(MENTIONS)
PROPOSAL = render(PROPOSED)


def rerun(text: str, mentions: list[Mention] = MENTIONS) -> Cast:
    """What the tool does on the next run."""
    return resolve(mentions, changes(text))


def changes(text: str) -> Edits:
    return edits(parse(text, path="cast.toml"), parse(PROPOSAL, path="cast.proposed.toml"))


def by_id(cast: Cast) -> dict[str, Entity]:
    return {entity.id: entity for entity in cast.entities}


def survives(text: str) -> Cast:
    """Apply the edits, write the file anew, read it again: nothing may change."""
    found = changes(text)
    cast = resolve(MENTIONS, found)
    again = render_edited(cast, found, PROPOSED)
    assert rerun(again) == cast
    assert render_edited(rerun(again), changes(again), PROPOSED) == again
    return cast


def test_an_untouched_file_says_nothing() -> None:
    assert not changes(PROPOSAL)
    assert rerun(PROPOSAL) == PROPOSED
    assert render(resolve(MENTIONS)) == PROPOSAL


def test_the_file_teaches() -> None:
    text = render(PROPOSED, {"lebrun-ambiguous": "“Ask Lebrun,”\nsaid somebody."})
    assert all(word in text for word in ("Rename", "Merge", "Split", "Drop", "merge_into", "drop = true"))
    assert "Ask Lebrun,” said somebody." in text
    assert text.index("emma-woodhouse") < text.index('id = "hartfield"')
    assert not changes(text)


def test_rename() -> None:
    cast = survives(PROPOSAL.replace('name = "Emma Woodhouse"', 'name = "Emma \\"the\\" Woodhouse"'))
    assert by_id(cast)["emma-woodhouse"].name == 'Emma "the" Woodhouse'


def test_merge_by_word() -> None:
    cast = survives(PROPOSAL.replace('id = "miss-taylor"', 'merge_into = "mrs-weston"\nid = "miss-taylor"'))
    entity = by_id(cast)["mrs-weston"]
    assert (entity.name, entity.mentions) == ("Mrs. Weston", 9)
    assert "miss-taylor" not in by_id(cast)


def test_merge_by_moving_the_aliases() -> None:
    start = PROPOSAL.index('[[entity]]\nid = "miss-taylor"')
    end = PROPOSAL.index("[[entity]]", start + 1)
    text = (PROPOSAL[:start] + PROPOSAL[end:]).replace('"Mrs. Weston",  # 5', '"Mrs. Weston", "Miss Taylor",')
    assert by_id(survives(text))["mrs-weston"].mentions == 9


def test_split_into_a_new_row() -> None:
    text = PROPOSAL.replace('    "Emma Woodhouse",  # 2\n', "")
    text += '\n[[entity]]\nname = "Emma of the title page"\naliases = ["Emma Woodhouse"]\n'
    cast = survives(text)
    assert by_id(cast)["emma-of-the-title-page"].mentions == 2
    assert by_id(cast)["emma-woodhouse"].mentions == 9
    assert by_id(cast)["emma-of-the-title-page"].kind == "character"


def test_drop_by_word_and_by_deleting() -> None:
    by_word = survives(PROPOSAL.replace('id = "mr-weston"', 'drop = true\nid = "mr-weston"'))
    start = PROPOSAL.index('[[entity]]\nid = "mr-weston"')
    deleted = survives(PROPOSAL[:start] + PROPOSAL[PROPOSAL.index("[[entity]]", start + 1) :])
    assert by_word == deleted
    assert "mr-weston" not in by_id(deleted)
    assert not any(MENTIONS[int(id_[1:])].text == "Mr. Weston" for id_ in deleted.entity_of)


def test_an_alias_taken_out_of_every_row_is_nobodys() -> None:
    cast = survives(PROPOSAL.replace('    "Emma Woodhouse",  # 2\n', ""))
    assert by_id(cast)["emma-woodhouse"].mentions == 9


def test_kind_gender_and_settled() -> None:
    text = PROPOSAL.replace('kind = "place"', 'kind = "organisation"').replace("ambiguous = true\n", "")
    text = text.replace(
        'name = "Emma Woodhouse"\nkind = "character"\ngender = "female"', 'name = "Emma Woodhouse"\ngender = "unknown"'
    )
    cast = by_id(survives(text))
    assert cast["hartfield"].kind == "organisation"
    assert cast["emma-woodhouse"].gender == "unknown" and cast["emma-woodhouse"].kind == "character"
    assert by_id(PROPOSED)["lebrun-ambiguous"].ambiguous and not cast["lebrun-ambiguous"].ambiguous


def test_an_ambiguous_name_given_to_somebody() -> None:
    cast = survives(
        PROPOSAL.replace('id = "lebrun-ambiguous"', 'merge_into = "robert-lebrun"\nid = "lebrun-ambiguous"')
    )
    assert by_id(cast)["robert-lebrun"].mentions == 8


def test_names_that_several_bear_are_listed_apart_and_can_be_pinned() -> None:
    rows = [(f"{'Robert' if chapter < 9 else 'Victor'} Lebrun", chapter) for chapter in range(18) for _ in range(4)]
    rows += [("Lebrun", chapter) for chapter in (0, 1, 16, 17)]
    rows.sort(key=lambda row: row[1])
    mentions = [Mention(f"m{i}", i, i + 1, name, "PER", "name", i, chapter) for i, (name, chapter) in enumerate(rows)]
    proposal = render(resolve(mentions))
    assert proposal.count("sometimes = [") == 2
    before = parse(proposal, path="p")
    assert not edits(before, before)
    changed = proposal.replace('aliases = [\n    "Robert Lebrun",', 'aliases = [\n    "Lebrun",\n    "Robert Lebrun",')
    found = edits(parse(changed, path="c"), before)
    cast = resolve(mentions, found)
    assert dict(by_id(cast)["robert-lebrun"].aliases)["Lebrun"] == 4
    assert resolve(mentions, edits(parse(render_edited(cast, found, resolve(mentions)), path="c"), before)) == cast


def test_edits_survive_a_proposal_that_changed() -> None:
    text = PROPOSAL.replace('name = "Emma Woodhouse"', 'name = "Emma W."').replace(
        'id = "miss-taylor"', 'merge_into = "mrs-weston"\nid = "miss-taylor"'
    )
    later = ["Miss Emma Woodhouse"] * 30 + ["Miss Anne Taylor"] * 9
    more = list(MENTIONS)
    more += [Mention(f"n{i}", 9000 + i, 9001 + i, name, "PER", "name", 900 + i, 2) for i, name in enumerate(later)]
    cast = rerun(text, more)
    owner = {mention.text: cast.entity_of[mention.id] for mention in more if mention.id in cast.entity_of}
    assert owner["Emma"] == "emma-woodhouse" and by_id(cast)["emma-woodhouse"].name == "Emma W."
    assert owner["Miss Taylor"] == owner["Mrs. Weston"] == "mrs-weston"


def test_a_pin_without_a_name_is_told() -> None:
    found = Edits(pins={"Lizzy": "elizabeth"})
    assert found.absent(["Emma"]) == {"elizabeth": ["Lizzy"]}
    assert found.absent(["Lizzy"]) == {}
    assert resolve(MENTIONS, found).entities == PROPOSED.entities


ROW = '[[entity]]\nid = "emma"\nname = "Emma"\naliases = ["Emma"]\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[entity]]\nid = "emma\n', 2, "TOML"),
        (f"format = {'9' * 5000}\n", 0, "TOML"),
        (ROW + 'colour = "red"\n', 5, "colour"),
        (ROW + 'kind = "person"\n', 5, "person"),
        (ROW + 'gender = "f"\n', 5, "gender"),
        (ROW + ROW, 5, "already used"),
        (ROW + '[[entity]]\nid = "e"\naliases = [\n  "E",\n  "Emma",\n]\n', 9, "Emma"),
        (ROW + 'drop = "yes"\n', 5, "drop"),
        ("[[entity]]\nname = 3\n", 2, "name"),
        ('[[entity]]\naliases = "Emma"\n', 2, "aliases"),
        ('[[entity]]\naliases = ["Emma"]\n', 1, "neither"),
        (ROW + 'merge_into = "anna"\n', 1, "anna"),
        (ROW + 'merge_into = "e"\n[[entity]]\nid = "e"\nmerge_into = "emma"\n', 1, "circle"),
        (ROW + 'merge_into = "emma"\n', 1, "circle"),
        (ROW + 'merge_into = "e"\ndrop = true\n[[entity]]\nid = "e"\n', 6, "both"),
        (ROW + 'merge_into = "e"\n[[entity]]\nid = "e"\ndrop = true\n', 1, "dropped"),
        ('name = "Emma"\n', 1, "name"),
        ("format = 7\n", 0, "format"),
        ("entity = 3\n", 0, "entity"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(CastFileError) as caught:
        parse(text, path="book/cast.toml")
    assert caught.value.what.startswith(f"book/cast.toml, line {line}:" if line else "book/cast.toml:")
    assert words in caught.value.what
    assert caught.value.hint


def test_an_alias_that_is_not_in_the_book_is_refused_with_its_line() -> None:
    text = PROPOSAL.replace('    "Emma Woodhouse",  # 2\n', '    "Emma Woodhouse",\n    "Emmeline",\n')
    with pytest.raises(CastFileError, match="Emmeline") as caught:
        changes(text)
    number = next(n for n, line in enumerate(text.split("\n"), 1) if "Emmeline" in line)
    assert f"cast.toml, line {number}:" in caught.value.what


hostile = st.text(min_size=1, max_size=12) | st.sampled_from(
    ['"', "\\", "'''", '"""', "a\nb", "\r\n", "\x00\x7f", "# no comment", "[[entity]]", "é", "\u2028", "]", "\ud7ff"]
)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(hostile, st.sampled_from(ENTITY_KINDS), st.lists(hostile, max_size=4, unique=True)), max_size=5)
)
def test_whatever_a_name_holds_it_is_read_back(rows: list[tuple[str, str, list[str]]]) -> None:
    entities = tuple(
        Entity(f"e{number}", name, kind, tuple((f"{number}{alias}", 1) for alias in aliases), ambiguous=number == 1)  # type: ignore[arg-type]
        for number, (name, kind, aliases) in enumerate(rows)
    )
    read: CastFile = parse(render(Cast(entities), {"e1": "\n[[entity]]\x00"}), path="cast.toml")
    assert [(row.id, row.name, row.kind, row.aliases) for row in read.rows] == [
        (entity.id, entity.name, entity.kind, tuple(alias for alias, _ in entity.aliases)) for entity in entities
    ]
    assert not edits(read, read)


_IDS = [entity.id for entity in PROPOSED.entities]
_ALIASES = sorted({alias for entity in PROPOSED.entities for alias, _ in entity.aliases})


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from(_ALIASES), st.sampled_from([*_IDS, "new"]), max_size=3),
    st.lists(st.sampled_from(_IDS), max_size=2, unique=True),
    st.dictionaries(st.sampled_from(_IDS), st.sampled_from(_IDS), max_size=2),
    st.dictionaries(st.sampled_from(_IDS), hostile, max_size=2),
    st.dictionaries(st.sampled_from(_IDS), st.sampled_from(ENTITY_KINDS), max_size=2),
)
def test_edits_written_and_read_again_are_the_same_edits(
    pins: dict[str, str], dropped: list[str], merged: dict[str, str], names: dict[str, str], kinds: dict[str, str]
) -> None:
    # Rows are merged towards rows that stay, as the reader of the file demands.
    merged = {row: into for row, into in merged.items() if into not in merged and into not in dropped}
    dropped = [row for row in dropped if row not in merged and row not in pins.values()]
    pins = {alias: row for alias, row in pins.items() if row not in merged}
    found = Edits(pins=pins, merged=merged, dropped=tuple(dropped), names=names, kinds=kinds)  # type: ignore[arg-type]
    cast = resolve(MENTIONS, found)
    assert rerun(render_edited(cast, found, PROPOSED)) == cast


TALE = (
    "{I} saw [Rebecca]'s desk. {My} hand shook. {I} was afraid of [Mrs. Danvers]. {I} ran to {my} room, and wept. "
    "[Daphne] came."
)


def narrated(change: Callable[[str], str]) -> dict[str, tuple[int, bool]]:
    """Mentions of each entity, and whether it is the narrator, after a change of the file and after one more run."""
    text, mentions = marked(TALE, TALE)
    proposed = resolve(mentions, text=text)
    before = parse(render(proposed), path="cast.proposed.toml")
    found = edits(parse(change(render(proposed)), path="cast.toml"), before)
    cast = resolve(mentions, found, text=text)
    again = edits(parse(render_edited(cast, found, proposed), path="cast.toml"), before)
    assert resolve(mentions, again, text=text) == cast
    return {entity.id: (entity.mentions, entity.narrator) for entity in cast.entities}


def to_daphne(text: str) -> str:
    """Cut the mark and paste it into Daphne's row."""
    return text.replace("narrator = true\n", "").replace('id = "daphne"', 'narrator = true\nid = "daphne"')


def test_the_narrator_can_be_somebody_else() -> None:
    assert narrated(lambda text: text) == {
        "narrator": (10, True), "daphne": (2, False), "mrs-danvers": (2, False), "rebecca": (2, False)
    }  # fmt: skip
    assert narrated(to_daphne)["daphne"] == (12, True) and "narrator" not in narrated(to_daphne)
    merged = narrated(lambda text: text.replace('id = "narrator"', 'merge_into = "daphne"\nid = "narrator"'))
    assert merged["daphne"] == (12, True) and "narrator" not in merged
    assert "narrator" not in narrated(lambda text: text.replace('id = "narrator"', 'drop = true\nid = "narrator"'))


def test_two_narrators_of_the_same_chapters_are_refused() -> None:
    with pytest.raises(CastFileError, match=r"line \d+: 'daphne' and 'narrator' are both narrators"):
        narrated(lambda text: text.replace('id = "daphne"', 'narrator = true\nid = "daphne"'))
    with pytest.raises(CastFileError, match=r"line \d+: 'rebecca' and 'daphne' are both narrators"):
        narrated(lambda text: to_daphne(text).replace('id = "rebecca"', 'narrator = true\nid = "rebecca"'))
    with pytest.raises(CastFileError, match="narrator must be true or false"):
        narrated(lambda text: text.replace("narrator = true", 'narrator = "yes"'))


WEDDING = (
    "[Miss Taylor] was kind. [Miss Taylor] sang. ",
    "[Mr. Weston] was to be married to [Miss Taylor]. ",
    "[Mrs. Weston] called. [Mrs. Weston] sat. [Mrs. Weston] rose. [Mrs. Weston] sang. [Mr. Weston] laughed. ",
)


def test_why_a_name_was_joined_stands_beside_it_and_can_be_undone() -> None:
    text, mentions = marked(*WEDDING)
    proposed = resolve(mentions, text=text)
    written = render(proposed)
    assert '    "Miss Taylor",  # 3; joined: chapter 2 speaks of the marriage\n' in written
    read = parse(written, path="cast.toml")
    assert edits(read, read) == Edits()
    split = written.replace('    "Miss Taylor",  # 3; joined: chapter 2 speaks of the marriage\n', "")
    split += '[[entity]]\nname = "Miss Taylor"\naliases = ["Miss Taylor"]\n'
    undone = edits(parse(split, path="cast.toml"), read)
    cast = resolve(mentions, undone, text=text)
    assert sorted(entity.name for entity in cast.characters) == ["Miss Taylor", "Mr. Weston", "Mrs. Weston"]
    again = render_edited(cast, undone, proposed)
    assert "joined:" not in again.split("format = 1")[1]
    assert resolve(mentions, edits(parse(again, path="cast.toml"), read), text=text) == cast


@settings(deadline=None)
@given(st.text(max_size=30))
def test_whatever_a_reason_holds_it_is_a_comment(reason: str) -> None:
    joined = Entity("a", "A", "character", (("A", 3), ("B", 2)), "female", 5, 1, 1, joined=(("B", reason),))
    plain = Entity("a", "A", "character", (("A", 3), ("B", 2)), "female", 5, 1, 1)
    rows = parse(render(Cast((joined,))), path="cast.toml").rows
    assert rows == parse(render(Cast((plain,))), path="cast.toml").rows


WIKIDATA = "http://www.wikidata.org/entity/Q5370604"


@pytest.mark.parametrize("written", ["Q5370604", "https://www.wikidata.org/wiki/Q5370604", WIKIDATA])
def test_who_somebody_is_elsewhere_is_told_and_survives(written: str) -> None:
    text = PROPOSAL.replace('name = "Emma Woodhouse"', f'name = "Emma Woodhouse"\nsame_as = "{written}"')
    assert changes(text).same_as == {"emma-woodhouse": WIKIDATA}
    cast = survives(text)
    assert {entity.id: entity.same_as for entity in cast.entities if entity.same_as} == {"emma-woodhouse": WIKIDATA}


def test_what_a_merged_row_says_of_elsewhere_holds_of_where_it_went() -> None:
    def merged(also: str) -> str:
        text = PROPOSAL.replace('id = "mrs-weston"', f'id = "mrs-weston"{also}')
        return text.replace(
            'id = "miss-taylor"', f'id = "miss-taylor"\nmerge_into = "mrs-weston"\nsame_as = "{WIKIDATA}"'
        )

    assert survives(merged("")) and changes(merged("")).same_as == {"mrs-weston": WIKIDATA}
    assert changes(merged('\nsame_as = "https://viaf.org/viaf/1"')).same_as == {"mrs-weston": "https://viaf.org/viaf/1"}


@pytest.mark.parametrize(
    "written",
    ["Emma", "https://", "ftp://a.org/1", "javascript:alert(1)", "https://a.org/x y", 'https://a.org/<b>', "Q0", "Q12x",
     "https://www.wikidata.org/wiki/Property:P31", "https://[", "https://localhost/1", "https://a.org/" + "x" * 2000],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_its_line(written: str) -> None:
    text = PROPOSAL.replace('name = "Emma Woodhouse"', f"name = 'Emma Woodhouse'\nsame_as = '{written}'")
    line = text.split("\n").index(f"same_as = '{written}'") + 1
    with pytest.raises(CastFileError, match="no address") as caught:
        parse(text, path="cast.toml")
    assert f"line {line}:" in str(caught.value.what)
