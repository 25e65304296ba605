"""The rules of the cast, one test each, on sentences of novels with the mentions that a reader finds in them."""

from __future__ import annotations

from marked import apart, bearer, linked_back, marked, together

from litgraph.cast import resolve
from litgraph.cast.file.render import render
from litgraph.types import Cast


def cast_of(*chapters: str) -> Cast:
    text, mentions = marked(*chapters)
    return resolve(mentions, text=text)


def test_titles_tell_people_apart_and_families_are_groups() -> None:
    cast = cast_of(
        "[Mr. Bennet] was among the earliest of those who waited on [Mr. Bingley]. “My dear [Mr. Bennet],” cried [Mrs. "
        "Bennet], “how can you be so tiresome?” [Miss Bingley] saw [Miss Bennet]. [Sir William Lucas] and [Lady Lucas] "
        "dined with [the Bennets]. [Mr. and Mrs. Gardiner] stayed; [Mrs. Gardiner] was an amiable woman. "
        "[Mr. Gardiner] "
        "was sensible. Within a short walk of [Longbourn|GPE] lived a family with whom [the Bennet girls] "
        "were intimate."
    )
    assert apart(cast, "Mr. Bennet", "Mrs. Bennet", "Miss Bennet", "Mr. Bingley", "Miss Bingley")
    assert apart(cast, "Sir William Lucas", "Lady Lucas", "Mr. Gardiner", "Mrs. Gardiner", "Mr. and Mrs. Gardiner")
    kinds = {alias: bearer(cast, alias).kind for alias in ("Bennets", "Bennet girls", "Mr. and Mrs. Gardiner")}
    assert set(kinds.values()) == {"group"}


def test_a_bare_surname_goes_to_its_dominant_bearer() -> None:
    cast = cast_of(
        "[Mr. Sherlock Holmes], who was usually very late, was seated. “Really, [Watson], you excel yourself,” said "
        "[Holmes]. [Sherlock Holmes] laughed. “[Mycroft Holmes] is my brother.” [Holmes] rose. [Holmes] "
        "smoked. I called "
        "upon [Sherlock Holmes]. [Mr. Holmes] was out. [Sherlock Holmes] sat. [Mr. Sherlock Holmes] stood.",
        "[Robert Lebrun] and his brother [Victor Lebrun] sat. [Robert Lebrun] sang. [Victor Lebrun] slept. “[Lebrun]!”",
    )
    assert together(cast, "Holmes", "Sherlock Holmes", "Mr. Holmes", "Mr. Sherlock Holmes")
    assert apart(cast, "Holmes", "Mycroft Holmes", "Watson")
    assert bearer(cast, "Lebrun").ambiguous


def test_nicknames_join_where_everything_agrees() -> None:
    cast = cast_of(
        "“[Lizzy] has something more of quickness than her sisters.” [Elizabeth] smiled. [Elizabeth Bennet] had been "
        "obliged to sit down. “Don't keep coughing so, [Kitty],” said [Mrs. Bennet]. [Lady Catherine] was a "
        "tall woman. "
        "[Lady Catherine de Bourgh] spoke. [Kitty Bennet] coughed. “[Miss Eliza Bennet], let me persuade you.”",
        "[Alyosha] was not a fanatic. [Alexey Fyodorovitch Karamazov] was his name. “[Alexey]!” [Alyosha] turned.",
    )
    assert together(cast, "Lizzy", "Elizabeth", "Elizabeth Bennet", "Miss Eliza Bennet")
    assert apart(cast, "Kitty", "Lady Catherine")
    assert together(cast, "Alyosha", "Alexey", "Alexey Fyodorovitch Karamazov")


def test_what_is_no_name_does_not_enter_one() -> None:
    cast = cast_of(
        "[Poor dear Miss Taylor]! “[Mr. Knightley’s] downright, decided, commanding sort of manner,” said "
        "[poor Harriet]. "
        "She was one of the mortals.--[Frank Churchill] came. _[Mrs. Elton]_ smiled. [CHAPTER IX Emma] was "
        "well. [Sir]! "
        "[the late Mr. Churchill] died. [Harriet’s] hand. [Miss Taylor] went. “[Madam],” said [EMMA]. "
        "[little Henry] ran."
    )
    assert {alias for entity in cast.entities for alias, _ in entity.aliases} == {
        "Miss Taylor", "Mr. Knightley", "Harriet", "Frank Churchill", "Mrs. Elton", "Emma", "Mr. Churchill", "Henry"
    }  # fmt: skip


def test_places_are_no_people_and_a_seat_is_not_its_family() -> None:
    cast = cast_of(
        "[Emma] dined at [Hartfield|ORG]. [Mr. Weston] had bought [Randalls] and lived at [Randalls]. She was in "
        "[Hartfield]. They came from [Enscombe|GPE] to [Hartfield|GPE]. He slept at [Randalls|ORG]; they walked to "
        "[Longbourn House|FAC] in [Longbourn|GPE]. He went to [London|GPE] from [Londonderry|GPE]. [Mr. "
        "Lucas] of [Lucas "
        "Lodge|FAC] was at [Enscombe]. [Lucas] laughed. She was at [Enscombe|GPE]."
    )
    rue = cast_of("[Rousseau] wrote. They met in [the Rue Jean-Jacques Rousseau]; he lived in [the Rue Plumet].")
    assert [bearer(rue, name).kind for name in ("Rue Jean-Jacques Rousseau", "Rue Plumet")] == ["place", "place"]
    assert {bearer(cast, name).kind for name in ("Hartfield", "Randalls", "Enscombe", "Lucas Lodge")} == {"place"}
    assert together(cast, "Longbourn House", "Longbourn") and apart(cast, "London", "Londonderry")
    assert together(cast, "Mr. Lucas", "Lucas") and apart(cast, "Lucas", "Lucas Lodge")


def test_a_chain_of_two_people_is_split() -> None:
    text, mentions = marked(
        "[Mr. Bennet:c1] made no answer. {he:c1} smiled. [Mrs. Bennet:c1] could not understand {him:c1}, and {she:c1} "
        "cried: “What is {his:c1} name?” “Bingley.”"
    )
    cast = resolve(linked_back(mentions), text=text)
    meant = [(mention.text, cast.entity_of.get(mention.id, "")) for mention in mentions if mention.form == "pronoun"]
    assert meant == [
        ("he", "mr-bennet"), ("him", "mr-bennet"), ("she", "mrs-bennet"), ("his", "mr-bennet")
    ]  # fmt: skip


def test_gender_name_aliases_and_chapters() -> None:
    cast = cast_of(
        "[Elizabeth] sat with [Mr. Darcy:c1]. {he:c1} rose. [Elizabeth] smiled at [Darcy].",
        "[Elizabeth Bennet] met [Kemp:c2]; {he:c2} ran, {he:c2} fell, and {his:c2} hat was gone. [Elizabeth "
        "Bennet] wept.",
        "[Doctor Nemo:c3] and {his:c3} dog came.",
    )
    elizabeth = bearer(cast, "Elizabeth")
    assert (elizabeth.name, elizabeth.gender, elizabeth.first, elizabeth.last) == ("Elizabeth Bennet", "female", 1, 2)
    assert elizabeth.aliases == (("Elizabeth", 2), ("Elizabeth Bennet", 2))
    assert [bearer(cast, name).gender for name in ("Darcy", "Kemp", "Doctor Nemo")] == ["male", "male", "unknown"]


def test_the_file_is_ordered_and_shows_a_sentence_where_a_name_is_doubtful() -> None:
    cast = cast_of("[Ann Bennet] sat. [Jane Bennet] sang. [Ann Bennet] ran. [Jane Bennet] ate. “[Miss Bennet]!”")
    text = render(cast, {"miss-bennet-ambiguous": "“Miss Bennet!” said he."})
    assert text.index('"ann-bennet"') < text.index('"miss-bennet-ambiguous"')
    assert "“Miss Bennet!” said he." in text
    assert "ambiguous = true" in text
