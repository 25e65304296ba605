"""Who is who, rule by rule, with the names of real novels."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest
from marked import apart, bearer, names, numbered, together

from litgraph.cast import resolve, resolve_names
from litgraph.types import Cast, EntityLabel, Mention

PRIDE_AND_PREJUDICE = names(
    ("Elizabeth", 600), ("Elizabeth Bennet", 7), ("Miss Elizabeth Bennet", 5), ("Miss Elizabeth", 7), ("Lizzy", 90),
    ("Miss Eliza Bennet", 3), ("Jane Bennet", 2), ("Jane", 290), ("Miss Bennet", 70),
    ("Mr. Bennet", 90), ("Mrs. Bennet", 150),
    ("Lydia", 160), ("Miss Lydia", 4), ("Kitty", 70), ("Catherine", 10), ("Mary", 35),
    ("Mr. Darcy", 270), ("Darcy", 110),
    ("Fitzwilliam Darcy", 2), ("Miss Darcy", 40), ("Georgiana", 14), ("Georgiana Darcy", 3),
    ("Colonel Fitzwilliam", 30),
    ("Lady Catherine", 95), ("Lady Catherine de Bourgh", 12), ("Miss de Bourgh", 20), ("Sir William", 34),
    ("Sir William Lucas", 10), ("Lady Lucas", 16), ("Charlotte Lucas", 8), ("Charlotte", 70), ("Miss Lucas", 25),
    ("Mr. Bingley", 110), ("Bingley", 106), ("Miss Bingley", 86), ("the Bennets", 5), ("Miss Bennets", 4),
    ("Mr. and Mrs. Gardiner", 4), ("Mr. Gardiner", 30), ("Mrs. Gardiner", 57),
    ("Longbourn", 80, "ORG"), ("Longbourn", 30, "GPE"), ("Longbourn House", 3, "FAC"), ("Netherfield", 60, "GPE"),
    ("Netherfield", 7), ("Netherfield Park", 2), ("London", 50, "GPE"), ("Londonderry", 2, "GPE"),
    ("Pemberley", 40, "LOC"),
)  # fmt: skip


@pytest.fixture(scope="module")
def pride() -> Cast:
    return resolve(PRIDE_AND_PREJUDICE)


def test_titles_keep_a_family_apart(pride: Cast) -> None:
    assert apart(pride, "Mr. Bennet", "Mrs. Bennet", "Miss Bennet", "Elizabeth")
    assert apart(pride, "Mr. Bingley", "Miss Bingley")
    assert apart(pride, "Sir William", "Lady Lucas", "Miss Lucas")


def test_forms_of_one_name_join(pride: Cast) -> None:
    assert together(pride, "Elizabeth", "Elizabeth Bennet", "Miss Elizabeth Bennet", "Miss Elizabeth")
    assert together(pride, "Lady Catherine", "Lady Catherine de Bourgh")
    assert together(pride, "Sir William", "Sir William Lucas")
    assert together(pride, "Charlotte", "Charlotte Lucas", "Miss Lucas")


def test_a_bare_surname_goes_to_its_dominant_bearer(pride: Cast) -> None:
    assert together(pride, "Darcy", "Mr. Darcy", "Fitzwilliam Darcy")
    assert together(pride, "Bingley", "Mr. Bingley")


def test_a_sister_is_not_her_brother_nor_a_namesake(pride: Cast) -> None:
    assert together(pride, "Miss Darcy", "Georgiana", "Georgiana Darcy")
    assert apart(pride, "Mr. Darcy", "Miss Darcy", "Colonel Fitzwilliam")
    assert apart(pride, "Lady Catherine", "Miss de Bourgh")


def test_nicknames_join_only_what_they_can_mean(pride: Cast) -> None:
    assert together(pride, "Lizzy", "Elizabeth", "Miss Eliza Bennet")
    assert apart(pride, "Kitty", "Lady Catherine")
    assert apart(pride, "Catherine", "Lady Catherine")  # she is Kitty; nobody calls a lady by her bare name


def test_aunt_polly_is_not_mary_jane_nor_judge_thatcher_his_daughter() -> None:
    cast = resolve(
        names(("Mary Jane", 30), ("Miss Mary", 4), ("Aunt Polly", 10), ("Judge Thatcher", 12), ("Bessie Thatcher", 2))
    )
    assert apart(cast, "Mary Jane", "Aunt Polly")
    assert apart(cast, "Judge Thatcher", "Bessie Thatcher")


def test_the_eldest_sister_has_the_surname(pride: Cast) -> None:
    assert together(pride, "Miss Bennet", "Jane", "Jane Bennet")


def test_two_sisters_who_may_be_miss_bennet_leave_it_ambiguous() -> None:
    cast = resolve(names(("Jane Bennet", 20), ("Jane", 100), ("Mary Bennet", 20), ("Mary", 90), ("Miss Bennet", 30)))
    entity = bearer(cast, "Miss Bennet")
    assert entity.ambiguous
    assert apart(cast, "Miss Bennet", "Jane", "Mary")


def test_groups_are_never_a_person(pride: Cast) -> None:
    for alias in ("Bennets", "Miss Bennets", "Mr. and Mrs. Gardiner"):
        assert bearer(pride, alias).kind == "group"
    assert apart(pride, "Mr. and Mrs. Gardiner", "Mr. Gardiner", "Mrs. Gardiner")


def test_places_are_places_whatever_the_tagger_says(pride: Cast) -> None:
    for alias in ("Netherfield", "London", "Pemberley"):
        assert bearer(pride, alias).kind == "place"
    assert together(pride, "Netherfield", "Netherfield Park")
    assert apart(pride, "London", "Londonderry")


def test_words_before_a_name_tell_a_house_from_a_person() -> None:
    text, mentions = "", []
    for number in range(12):
        for before, name in (("They dined at ", "Longbourn"), ("Nobody had seen ", "Lucas")):
            text += before
            label: EntityLabel = "ORG" if number % 3 else "PER"
            start = len(text)
            text += name + ". "
            mentions.append(Mention(f"m{len(mentions)}", start, start + len(name), name, label, "name", number, 1))
    cast = resolve(mentions, text=text)
    assert bearer(cast, "Longbourn").kind == "place"
    assert bearer(cast, "Lucas").kind == "character"


def test_a_family_seat_is_not_the_family() -> None:
    cast = resolve(names(("Mr. Lucas", 20), ("Lucas", 6), ("Lucas Lodge", 5, "ORG")))
    assert bearer(cast, "Lucas Lodge").kind == "place"
    assert together(cast, "Lucas", "Mr. Lucas")


def test_the_knightley_brothers() -> None:
    cast = resolve(
        names(("Mr. Knightley", 280), ("Knightley", 38), ("George Knightley", 3), ("Mr. John Knightley", 30),
             ("John Knightley", 15), ("John", 29), ("Mrs. John Knightley", 14))
    )  # fmt: skip
    assert together(cast, "Mr. Knightley", "Knightley", "George Knightley")
    assert together(cast, "John Knightley", "Mr. John Knightley", "John")
    assert apart(cast, "Mr. Knightley", "John", "Mrs. John Knightley")


def test_mr_churchill_is_not_mr_frank_churchill() -> None:
    cast = resolve(
        names(
            ("Frank Churchill", 100),
            ("Mr. Frank Churchill", 50),
            ("Frank", 55),
            ("Mr. Churchill", 22),
            ("Mrs. Churchill", 42),
        )
    )
    assert together(cast, "Frank Churchill", "Mr. Frank Churchill", "Frank")
    assert apart(cast, "Frank Churchill", "Mr. Churchill", "Mrs. Churchill")


def test_holmes_is_sherlock() -> None:
    cast = resolve(
        names(("Sherlock Holmes", 60), ("Mr. Sherlock Holmes", 30), ("Holmes", 300), ("Mr. Holmes", 90),
             ("Mycroft Holmes", 6), ("Mycroft", 9))
    )  # fmt: skip
    assert together(cast, "Holmes", "Sherlock Holmes", "Mr. Holmes")
    assert apart(cast, "Holmes", "Mycroft Holmes")
    assert bearer(cast, "Holmes").name == "Sherlock Holmes"


def test_old_mr_emerson_is_not_his_son() -> None:
    cast = resolve(names(("George Emerson", 13), ("George", 110), ("old Mr. Emerson", 9), ("Mr. Emerson", 75)))
    assert apart(cast, "Mr. Emerson", "George")


def test_a_late_and_rare_namesake_does_not_take_a_given_name() -> None:
    rows: list[tuple[str, EntityLabel, int]] = (
        [("Mary", "PER", 1)] * 30 + [("Mary King", "PER", 30)] * 2 + [("Mary", "PER", 31)] * 3
    )
    cast = resolve(numbered(rows))
    assert apart(cast, "Mary", "Mary King")


def test_a_surname_goes_to_its_bearer_in_that_part_of_the_names() -> None:
    rows: list[tuple[str, EntityLabel, int]] = []
    for chapter in range(1, 41):
        brother = "Robert" if chapter <= 20 else "Victor"
        rows += [(f"{brother} Lebrun", "PER", chapter)] * 4 + [("Lebrun", "PER", chapter)] * 2
    cast = resolve(numbered(rows))
    counts = {entity.name: dict(entity.aliases).get("Lebrun", 0) for entity in cast.entities if not entity.ambiguous}
    assert counts["Robert Lebrun"] >= 35 and counts["Victor Lebrun"] >= 35
    assert cast.entity_of["m4"] == "robert-lebrun" and cast.entity_of["m239"] == "victor-lebrun"


def test_two_bearers_leave_a_bare_surname_ambiguous() -> None:
    cast = resolve(names(("Robert Lebrun", 20), ("Victor Lebrun", 18), ("Lebrun", 8)))
    entity = bearer(cast, "Lebrun")
    assert entity.ambiguous and entity.mentions == 8


def test_a_brother_of_another_rank_is_another_man() -> None:
    cast = resolve(names(("Captain Wentworth", 200), ("Wentworth", 10), ("Mr. Wentworth", 5)))
    assert together(cast, "Captain Wentworth", "Wentworth")
    assert apart(cast, "Captain Wentworth", "Mr. Wentworth")


def test_a_clergyman_is_mr_too() -> None:
    cast = resolve(names(("Mr. Eager", 50), ("Rev. Cuthbert Eager", 3)))
    assert together(cast, "Mr. Eager", "Rev. Cuthbert Eager")


def test_translated_titles() -> None:
    cast = resolve(
        names(
            ("Madame Danglars", 40),
            ("M. Danglars", 60),
            ("Monsieur Danglars", 3),
            ("Mlle. Danglars", 20),
            ("Danglars", 90),
        )
    )
    assert together(cast, "M. Danglars", "Monsieur Danglars", "Danglars")
    assert apart(cast, "M. Danglars", "Madame Danglars", "Mlle. Danglars")


def test_russian_names() -> None:
    cast = resolve(
        names(("Alyosha", 300), ("Alexey", 20), ("Alexey Fyodorovitch", 30), ("Alexey Fyodorovitch Karamazov", 3),
             ("Ivan Fyodorovitch", 40), ("Ivan", 200))
    )  # fmt: skip
    assert together(cast, "Alyosha", "Alexey", "Alexey Fyodorovitch", "Alexey Fyodorovitch Karamazov")
    assert together(cast, "Ivan", "Ivan Fyodorovitch")
    assert apart(cast, "Alyosha", "Ivan")


def test_gender_comes_from_titles_and_names_and_is_unknown_when_they_disagree() -> None:
    cast = resolve(names(("Mr. Darcy", 9), ("Emma", 9), ("Captain Nemo", 3), ("Gryphon", 5), ("Doctor Kemp", 4)))
    genders = {entity.name: entity.gender for entity in cast.entities}
    assert genders == {
        "Mr. Darcy": "male",
        "Emma": "female",
        "Captain Nemo": "male",
        "Gryphon": "unknown",
        "Doctor Kemp": "unknown",
    }


def test_the_name_is_the_fullest_common_form(pride: Cast) -> None:
    canonical = {entity.id: entity.name for entity in pride.entities}
    assert canonical["elizabeth-bennet"] == "Elizabeth Bennet"
    assert canonical["lady-catherine-de-bourgh"] == "Lady Catherine de Bourgh"
    once = resolve(names(("Mr. Darcy", 270), ("Darcy", 100), ("Fitzwilliam Darcy", 1)))
    assert once.entities[0].name == "Mr. Darcy"


def test_counts_chapters_and_order() -> None:
    rows: list[tuple[str, EntityLabel, int]] = [
        ("Emma", "PER", 2),
        ("Harriet", "PER", 3),
        ("EMMA’S", "PER", 5),
        ("Zara", "PER", 5),
    ]
    cast = resolve(numbered(rows))
    emma = cast.entities[0]
    assert (emma.name, emma.mentions, emma.first, emma.last, emma.aliases) == ("Emma", 2, 2, 5, (("Emma", 2),))
    assert [entity.id for entity in cast.entities] == ["emma", "harriet", "zara"]
    assert cast.entity_of == {"m0": "emma", "m1": "harriet", "m2": "emma", "m3": "zara"}


def test_names_alone_leave_nouns_and_pronouns_unresolved() -> None:
    mentions = [
        Mention("m0", 0, 4, "Emma", "PER", "name", 0, 1),
        Mention("m1", 5, 8, "she", "PER", "pronoun", 0, 1),
        Mention("m2", 9, 19, "her father", "PER", "noun", 0, 1),
    ]
    assert set(resolve_names(mentions).entity_of) == {"m0"}
    assert resolve([]).entities == ()


def test_ids_do_not_depend_on_other_entities(pride: Cast) -> None:
    smaller = resolve([mention for mention in PRIDE_AND_PREJUDICE if "Bingley" not in mention.text])
    rest = {entity.id for entity in pride.entities if not any("Bingley" in alias for alias, _ in entity.aliases)}
    assert {entity.id for entity in smaller.entities} == rest


_PROGRAM = """
import json, sys
from litgraph.cast import resolve
from litgraph.types import Mention
rows = json.load(sys.stdin)
cast = resolve([Mention(f"m{i}", i, i + 1, text, label, "name", i, i // 50) for i, (text, label) in enumerate(rows)])
print(json.dumps([[e.id, e.name, e.kind, e.gender, e.aliases] for e in cast.entities] + sorted(cast.entity_of.items())))
"""


def test_the_same_cast_for_every_hash_seed() -> None:
    rows = [(mention.text, mention.label) for mention in PRIDE_AND_PREJUDICE]
    random.Random(0).shuffle(rows)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM], input=json.dumps(rows), capture_output=True, text=True, check=True,
            encoding="utf-8", env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("0", "1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1
