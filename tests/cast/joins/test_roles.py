"""People whom a book calls by what they are."""

from __future__ import annotations

from marked import bearer, marked, names

from litgraph.cast import resolve
from litgraph.types import Mention


def roles(*rows: tuple[str, int, int], chapters: int = 30) -> list[Mention]:
    """Noun phrases, each so often in each of two chapters from the told one on; [Jim] stands in every chapter."""
    mentions: list[Mention] = []
    for chapter in range(1, chapters + 1):
        texts = ["Jim"]
        for text, times, first in rows:
            texts += [text] * (times if first <= chapter < first + 2 else 0)
        for text in texts:
            index = len(mentions)
            form = "name" if text[0].isupper() else "noun"
            mentions.append(Mention(f"m{index}", index * 9, index * 9 + 8, text, "PER", form, index, chapter))  # type: ignore[arg-type]
    return mentions


def test_the_duke_and_the_king_are_people() -> None:
    cast = resolve(roles(("the duke", 6, 19), ("the king", 6, 20)))
    assert [(bearer(cast, name).mentions, bearer(cast, name).gender) for name in ("Duke", "King")] == [(12, "male")] * 2


def test_who_comes_now_and_then_is_nobody() -> None:
    assert {entity.name for entity in resolve(roles(("the duke", 3, 19))).entities} == {"Jim"}
    scattered = [(f"the {role}", 1, first) for first in (1, 8, 15, 22) for role in ("doctor",)]
    assert {entity.name for entity in resolve(roles(*scattered)).entities} == {"Jim"}


def test_words_that_mean_anybody_are_left_to_coreference() -> None:
    assert {entity.name for entity in resolve(roles(("the man", 9, 3), ("the lady", 9, 4))).entities} == {"Jim"}


def test_the_colonel_is_the_only_colonel() -> None:
    cast = resolve([*names(("Colonel Fitzwilliam", 9)), *roles(("the colonel", 4, 1))])
    assert bearer(cast, "Colonel").id == bearer(cast, "Colonel Fitzwilliam").id


def test_the_colonel_of_several_colonels_is_left_to_coreference() -> None:
    cast = resolve([*names(("Colonel Fitzwilliam", 9), ("Colonel Forster", 8)), *roles(("the colonel", 4, 1))])
    assert not [entity for entity in cast.entities if "Colonel" in dict(entity.aliases)]


def test_a_role_that_coreference_gives_to_one_name_is_his() -> None:
    passage = "[Mr. Collins:c1] rose. <the clergyman:c1> bowed; <the clergyman:c1> spoke, and <the clergyman:c1> sat."
    _, mentions = marked(*[passage] * 4)
    assert {entity.name for entity in resolve(mentions).entities} == {"Mr. Collins"}
