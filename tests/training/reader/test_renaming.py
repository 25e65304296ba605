"""Passages with other names: nothing but names changes, and what the annotation says still holds."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from litgraph.corpora.tokens import TokenPassage, read_tokens
from litgraph.names.lexicon import gender_of_given_name
from litgraph.training.reader.renaming import NamePool, name_pool, renamed


@pytest.fixture(scope="module")
def passages(data_folder: Path) -> list[TokenPassage]:
    return list(read_tokens(data_folder, "train"))[:12]


def test_only_names_of_people_and_towns_change(passages: list[TokenPassage]) -> None:
    pool = name_pool(passages)
    changed = 0
    for seed, passage in enumerate(passages):
        other = renamed(passage, pool, Random(seed))
        assert (other.mentions, other.relations) == (passage.mentions, passage.relations)
        named = {
            word.upper()
            for mention in passage.mentions
            if mention.form == "name" and mention.label in ("PER", "GPE")
            for word in passage.sentences[mention.sentence][mention.first : mention.last + 1]
        }
        for before, after in zip(passage.sentences, other.sentences, strict=True):
            for word, name in zip(before, after, strict=True):
                if word != name:
                    changed += 1
                    assert word.upper() in named and name[0].isupper()
    assert changed > 100


def test_a_name_changes_alike_everywhere_and_keeps_its_gender(passage: TokenPassage) -> None:
    pool = NamePool({"female": ("Jane", "Lydia"), "male": ("Tom",), "family": ("Bennet",), "town": ("Bath",)})
    words = renamed(passage, pool, Random(1)).sentences
    assert words[0][0] in ("Jane", "Lydia") and gender_of_given_name(words[0][0]) == "female"
    assert words[1] == ["She", "lived", "at", "Hartfield", "."]  # a house may tell by its name what it is
    assert renamed(passage, pool, Random(1)) == renamed(passage, pool, Random(1))


def test_what_is_also_written_small_stays(passage: TokenPassage) -> None:
    rose = TokenPassage("rose", [["Emma", "saw", "a", "emma", "."], ["She", "lived", "at", "Hartfield", "."]], (), ())
    mentions = tuple(mention for mention in passage.mentions if mention.id in ("m0", "m3", "m4"))
    rose = TokenPassage("rose", rose.sentences, mentions, ())
    assert renamed(rose, name_pool([passage]), Random(1)).sentences == rose.sentences
