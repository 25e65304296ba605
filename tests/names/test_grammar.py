"""The grammar of names."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litgraph.names.grammar import is_patronymic, is_place_word, is_title, parse_name, singulars, slug
from litgraph.names.lexicon import are_variants, gender_of_given_name, is_diminutive
from litgraph.names.titles import find_title, titles_conflict


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("my dear Miss Eliza Bennet’s", "Miss Eliza Bennet"),
        ("mortals.—Frank Churchill", "Frank Churchill"),
        ("mortals.--Frank Churchill", "Frank Churchill"),
        ("Mr. Knightley's.--Alas", "Mr. Knightley"),
        ("CHAPTER IX Emma", "Emma"),
        ("EMMA", "Emma"),
        ("MR. BENNET", "Mr. Bennet"),
        ("_Emma_", "Emma"),
        ("“Oh, Emma”", "Emma"),
        ("Mr. Collins’", "Mr. Collins"),
        ("Mr. Collins's", "Mr. Collins"),
        ("poor Miss Taylor", "Miss Taylor"),
        ("the late Mr. Darcy", "Mr. Darcy"),
        ("Little Em’ly", "Em'ly"),
        ("old Mr. Emerson", "Mr. Emerson"),
        ("Emma was", "Emma"),
        ("Miss Smith I", "Miss Smith"),
        ("Lady Catherine\nde Bourgh", "Lady Catherine de Bourgh"),
        ("Capt. Wentworth", "Capt. Wentworth"),
        ("the Parsonage", "Parsonage"),
        ("Edward Ferrars, Esq.", "Edward Ferrars"),
        ("Isle of Wight", "Isle of Wight"),
        ("O'Brien", "O'Brien"),
        ("the Duchess", "Duchess"),
        ("Анна Каренина", "Анна Каренина"),
    ],
)
def test_what_is_no_part_of_a_name_never_enters_it(text: str, clean: str) -> None:
    name = parse_name(text)
    assert name is not None
    assert name.text == clean


@pytest.mark.parametrize("text", ["Mr.", "Madam", "Sir", "Captain", "Your Ladyship", "my Lord", "--", "", "’s", "the"])
def test_lone_titles_are_no_names(text: str) -> None:
    assert parse_name(text) is None


def test_a_name_is_taken_apart() -> None:
    name = parse_name("Lady Catherine de Bourgh")
    assert name is not None
    assert [title.text for title in name.titles] == ["Lady"]
    assert (name.given, name.surname) == ("catherine", "de bourgh")
    clergyman = parse_name("St. John Rivers")
    assert clergyman is not None
    assert (clergyman.given, clergyman.surname) == ("st john", "rivers")
    russian = parse_name("Alexey Fyodorovitch Karamazov")
    assert russian is not None
    assert (russian.given, russian.middle, russian.surname) == ("alexey", ("fyodorovitch",), "karamazov")
    polina = parse_name("Polina Alexandrovna")
    assert polina is not None
    assert (polina.given, polina.surname) == ("polina", "")
    king = parse_name("the King of Hearts")
    assert king is not None
    assert (king.words, king.of) == ((), "Hearts")


@pytest.mark.parametrize(
    "text", ["Mr. and Mrs. Bennet", "the Bennet girls", "Messrs. Smith", "Jane and Elizabeth", "the Musgrove family"]
)
def test_several_people_are_no_person(text: str) -> None:
    name = parse_name(text)
    assert name is not None
    assert name.group


def test_spellings_of_one_name_have_one_key() -> None:
    keys = {parse_name(text).key for text in ("MR. DARCY", "Mr Darcy", "Mr. Darcy’s", "dear Mr. Darcy")}  # type: ignore[union-attr]
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("title", "gender"),
    [
        ("Mr.", "male"), ("Sir", "male"), ("Count", "male"), ("Monsieur", "male"), ("Don", "male"), ("Herr", "male"),
        ("Mrs", "female"), ("Mlle.", "female"), ("Countess", "female"), ("Aunt", "female"), ("Lady", "female"),
        ("Doctor", "unknown"),
    ],
)  # fmt: skip
def test_titles_tell_gender(title: str, gender: str) -> None:
    found = find_title(title)
    assert found is not None
    assert found.gender == gender
    assert is_title(title)


def test_titles_of_two_people() -> None:
    def conflict(first: str, second: str, *, same_given_name: bool = False) -> bool:
        one, other = find_title(first), find_title(second)
        assert one is not None and other is not None
        return titles_conflict(one, other, same_given_name=same_given_name)

    assert conflict("Mr.", "Mrs.") and conflict("Mrs.", "Miss") and conflict("Lady", "Mrs.") and conflict("Sir", "Mr.")
    assert not conflict("Mr.", "M.") and not conflict("Mrs.", "Madame")
    assert not conflict("Rev.", "Mr.") and not conflict("Captain", "Colonel")
    assert conflict("Captain", "Mr.") and not conflict("Captain", "Mr.", same_given_name=True)


def test_small_words() -> None:
    assert is_patronymic("Ivanovitch") and is_patronymic("Vassilievna") and not is_patronymic("Goodrich")
    assert is_place_word("Street") and is_place_word("Abbey") and not is_place_word("Bennet")
    assert "lucas" in singulars("lucases") and "weston" in singulars("westons")


def test_nicknames() -> None:
    assert (
        are_variants("Lizzy", "Elizabeth") and are_variants("Kitty", "Catherine") and are_variants("Alyosha", "Alexey")
    )
    assert not are_variants("Jane", "Elizabeth")
    assert (
        is_diminutive("Lizzie")
        and is_diminutive("Grushenka")
        and not is_diminutive("Anna")
        and not is_diminutive("Mary")
    )
    assert gender_of_given_name("Lydia") == "female" and gender_of_given_name("Fitz") == "unknown"


def test_slugs() -> None:
    assert slug("Lady Catherine de Bourgh") == "lady-catherine-de-bourgh"
    assert slug("Thénardier") == "thenardier"
    assert slug("Mr. O’Brien") == "mr-obrien"
    assert slug("Анна Каренина") == "анна-каренина"
    assert slug("?!") == "unnamed"


@settings(deadline=None, max_examples=300)
@example("dU M aND M")
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*"Mr. the and of Emma 's -- I St. de ,".split(), " "]), max_size=8).map(" ".join)
)
def test_any_text_can_be_parsed(text: str) -> None:
    name = parse_name(text)
    if name is not None:
        assert name.text and name.text == name.text.strip()
        assert name.words or name.titles
        assert "\n" not in name.text
    assert slug(text)


def test_a_title_behind_other_words_begins_the_name() -> None:
    texts = {
        "Heaven Mrs. Hilbery": "Mrs. Hilbery",
        "Right Honourable Lady Catherine de Bourgh": "Lady Catherine de Bourgh",
    }
    for text, wanted in texts.items():
        name = parse_name(text)
        assert name is not None
        assert name.text == wanted
    general = parse_name("Captain Sir William Lucas")
    assert general is not None
    assert general.text == "Captain Sir William Lucas"
