"""From taggings to mentions, on sentences of Pride and Prejudice."""

from __future__ import annotations

import pytest

from litgraph.mentions import choose_finder, find_mentions
from litgraph.mentions.by_tagger import name_mentions
from litgraph.mentions.tagger import Tagged
from litgraph.sentences import segment
from litgraph.types import Book, Chapter, EntityLabel, Span


def book_of(text: str) -> Book:
    return Book(text, divisions=(Chapter(1, "", 0, len(text)),), paragraphs=(Span(0, len(text)),), language="en")


def mentions_of(text: str, **tagged: EntityLabel) -> list[tuple[str, str]]:
    """Mentions when a tagger finds the first occurrence of each word given."""
    book = book_of(text)
    spans = [Tagged(text.index(word), text.index(word) + len(word), label) for word, label in tagged.items()]
    return [(mention.text, mention.label) for mention in name_mentions(book, segment(book), spans)]


def test_a_title_before_a_tagged_name_belongs_to_it() -> None:
    assert mentions_of("She saw Mr. Bingley at once.", Bingley="ORG") == [("Mr. Bingley", "PER")]


def test_a_title_and_a_capitalised_word_are_a_mention_without_any_tagger() -> None:
    found = mentions_of("Lady Catherine's nephew met Colonel Forster and Miss Eliza Bennet. Sir, she said.")
    assert found == [("Lady Catherine", "PER"), ("Colonel Forster", "PER"), ("Miss Eliza Bennet", "PER")]


def test_names_after_titles_are_taken_whole() -> None:
    text = (
        "Lord St. Simon met Lady Catherine de Bourgh, the Duke of Kent and Mr. Darcy of Pemberley. Mr. St. Later left."
    )
    assert [text for text, _ in mentions_of(text)] == [
        "Lord St. Simon",
        "Lady Catherine de Bourgh",
        "Duke of Kent",
        "Mr. Darcy",
        "Mr. St. Later",
    ]


def test_two_titles_are_two_mentions() -> None:
    assert [text for text, _ in mentions_of("There were Mr. Hurst, Mrs. Hurst and Mr. Darcy.")] == [
        "Mr. Hurst",
        "Mrs. Hurst",
        "Mr. Darcy",
    ]


def test_a_name_that_is_known_well_is_found_everywhere() -> None:
    text = "Wickham came. Wickham left. Nobody missed Wickham’s jokes, but wickham is a word."
    book = book_of(text)
    spans = [Tagged(0, 7, "PER"), Tagged(14, 21, "PER")]
    found = name_mentions(book, segment(book), spans)
    assert [(mention.text, mention.start) for mention in found] == [
        ("Wickham", 0),
        ("Wickham", 14),
        ("Wickham", text.index("Wickham’s")),
    ]


def test_a_common_word_that_was_tagged_by_mistake_is_not_spread() -> None:
    text = "Hope came. Hope went. " + "Hope is all. " * 20
    book = book_of(text)
    found = name_mentions(book, segment(book), [Tagged(0, 4, "PER"), Tagged(11, 15, "PER")])
    assert [mention.start for mention in found] == [0, 11]


def test_quotes_stops_and_possessives_do_not_enter_a_name() -> None:
    text = "“Lydia’s bonnet!” cried Jane."
    book = book_of(text)
    found = name_mentions(book, segment(book), [Tagged(0, 8, "ORG"), Tagged(24, 29, "PER")])
    assert [mention.text for mention in found] == ["Lydia", "Jane"]


def test_usage_corrects_the_tagger() -> None:
    text = (
        "They dined at Longbourn. She returned to Longbourn. He was in Longbourn. All came from Longbourn. "
        "Lydia cried. Lydia said no. Lydia laughed. Then Lydia left."
    )
    book = book_of(text)
    spans = [
        Tagged(start, start + len(word), "ORG")
        for word in ("Longbourn", "Lydia")
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    labels = {mention.text: mention.label for mention in name_mentions(book, segment(book), spans)}
    assert labels == {"Longbourn": "GPE", "Lydia": "PER"}


def test_countries_do_things_and_stay_places() -> None:
    text = "France was at war. France had lost. France would pay. France did nothing."
    book = book_of(text)
    spans = [Tagged(start, start + 6, "GPE") for start in range(len(text)) if text.startswith("France", start)]
    assert {mention.label for mention in name_mentions(book, segment(book), spans)} == {"GPE"}


@pytest.fixture(scope="module")
def chapter_one() -> Book:
    return book_of(
        "“My dear Mr. Bennet,” said his lady to him one day, “have you heard that Netherfield Park is let at last?” "
        "“Why, my dear, you must know, Mrs. Long says that Netherfield is taken by a young man of large fortune from "
        "the north of England; that he came down on Monday in a chaise and four to see the place.” “What is his name?” "
        "“Bingley.” “It will be no use to us, if twenty such should come, since you will not visit them, Elizabeth.”"
    )


def test_with_an_installed_spacy_pipeline(chapter_one: Book) -> None:
    sentences = segment(chapter_one)
    found, voices = find_mentions(chapter_one, sentences, choose_finder("spacy:en_core_web_sm"))
    assert next(chapter_one.text[one.start : one.end] for one in voices) == "“My dear Mr. Bennet,”"
    texts = [mention.text for mention in found]
    assert {"Mr. Bennet", "Mrs. Long", "England"} <= set(texts)
    assert [mention.id for mention in found] == [f"m{number}" for number in range(len(found))]
    for mention in found:
        assert chapter_one.text[mention.start : mention.end] == mention.text
        sentence = sentences[mention.sentence]
        assert sentence.start <= mention.start and mention.end <= sentence.end
        assert (mention.form, mention.entity, mention.chapter) == ("name", "", 1)


def test_a_name_is_as_long_as_the_book_mostly_writes_it() -> None:
    text = "They saw the Mock Turtle. Then the Mock Turtle sang to poor Alice. Soon Alice left the Turtle."
    book = book_of(text)
    spans = [Tagged(start, start + 6, "PER") for start in range(len(text)) if text.startswith("Turtle", start)]
    spans += [Tagged(start, start + 5, "PER") for start in range(len(text)) if text.startswith("Alice", start)]
    found = [mention.text for mention in name_mentions(book, segment(book), spans)]
    assert found == ["Mock Turtle", "Mock Turtle", "Alice", "Alice", "Turtle"]


def test_who_speaks_is_a_person_though_the_tagger_says_place() -> None:
    text = "“Oh!” said the Lory. “No,” cried the Lory. “Why?” the Lory asked. Then the Lory was silent."
    book = book_of(text)
    spans = [Tagged(start, start + 4, "GPE") for start in range(len(text)) if text.startswith("Lory", start)]
    assert {mention.label for mention in name_mentions(book, segment(book), spans)} == {"PER"}


def test_ordinary_words_are_no_names() -> None:
    text = "Breakfast was late. The breakfast was cold. No breakfast is good. W. came. Mr. W. came."
    book = book_of(text)
    spans = [Tagged(0, 9, "PER"), Tagged(text.index("W."), text.index("W.") + 1, "PER")]
    assert [mention.text for mention in name_mentions(book, segment(book), spans)] == ["Mr. W"]
