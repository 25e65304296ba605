"""Which names are one person: the rules in their order, from the surest evidence to the least."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person
from litgraph.cast.joins.rules import (
    addresses,
    diminutives,
    doubts,
    families,
    full_names,
    marriages,
    namesakes_present,
    single_words,
    titled_given_names,
    titled_surnames,
    titles_alone,
)
from litgraph.speech.quotations import Quotations
from litgraph.types import Mention

Step = Callable[[Index], None]
Rule = Callable[[Form, Index], bool]


def join_names(
    forms: Sequence[Form], mentions: Sequence[Mention], text: str = "", quotations: Quotations | None = None
) -> list[Person]:
    """Everybody whom the names mean, in the order in which the rules found them.

    Args:
        forms: the names of people, groups left out.
        mentions: the mentions that they were made from.
        text: ``Book.text``; the rules that read it do nothing without it.
        quotations: of the text, if they are known already.
    """
    index = Index(forms, mentions, text, quotations)
    for step in STEPS:
        step(index)
    return [person for person in index.people if person.forms or person.shared]


def each(names: Callable[[Index], Sequence[Form]], *rules: Rule, when: Rule | None = None) -> Step:
    """A step that goes through the names that wait: the first rule that settles a name decides.

    Args:
        names: the names of the step, in order.
        rules: the last one settles every name.
        when: whether a name is of this step at all, asked when its turn comes; others wait for a later one.
    """

    def step(index: Index) -> None:
        for form in names(index):
            if (
                form in index.waiting
                and (when is None or when(form, index))
                and any(rule(form, index) for rule in rules)
            ):
                index.waiting.remove(form)

    return step


# The shares in the rules were set on the twelve development novels of PDNC together (``litgraph evaluate pdnc``).
STEPS: tuple[Step, ...] = (
    each(
        full_names.titled_first,
        full_names.keep_lost_comma_apart,  # "Martha Potapitch" is neither Martha nor Potapitch
        full_names.join_same_given_name,  # "Elizabeth Bennet" is Miss Elizabeth Bennet
        full_names.begin_without_epithet,  # "Naughty Cecil" is Cecil
        full_names.begin_person,
    ),
    families.join_nicknames,  # "Miss Eliza Bennet" is Elizabeth Bennet
    families.join_spellings,  # "R. Walton" is Robert Walton
    each(
        titled_given_names.titled_words,
        titled_given_names.join_same_title,  # "Sir William" is Sir William Lucas
        titled_given_names.join_untitled_for_honour,  # "Sir James" is James Chettam
        titled_given_names.join_same_given_name,  # "Miss Charlotte" is Charlotte Lucas
        titled_given_names.join_nickname,  # "Miss Lizzy" is Miss Elizabeth
        titled_given_names.begin_person,
        when=titled_given_names.is_given_name,
    ),
    each(
        single_words.single_words,
        single_words.join_frequent_full_name,  # "Charlotte" is Charlotte Lucas
        single_words.join_early_full_name,  # "Emma" is Emma Woodhouse
        single_words.join_full_name_beside,  # "Marius" is Marius Pontmercy
        single_words.join_full_name_of_main_family,  # "Jane" is Jane Bennet
        single_words.begin_person,
        when=single_words.is_given_name,
    ),
    diminutives.join_diminutives,  # "Lizzy" is Elizabeth
    each(
        titled_surnames.wives_last,
        titled_surnames.join_same_title,  # "Monsieur Danglars" is M. Danglars
        titled_surnames.join_title_borne_with_it,  # "Countess Olenska" is Madame Olenska
        titled_surnames.join_initial,  # "Mr. E." is Mr. Elton
        titled_surnames.join_clear_bearer,  # "Miss Bennet" is Jane Bennet
        titled_surnames.join_greatest_sister,  # "Miss Alan" is Miss Catharine Alan
        titled_surnames.begin_person,
    ),
    each(
        single_words.single_words,
        single_words.begin_without_bearer,  # "E." is not Mr. Elton
        single_words.join_bearer,  # "Darcy" is Mr. Darcy
        single_words.join_introduced_full_name,  # "Henry" is Henry Otway, not Henry Fielding
        single_words.begin_with_rare_full_names,  # "Mary" is neither Mary King nor Mary Lucas
        single_words.share_by_part,  # "Lebrun" is Robert Lebrun here, Victor Lebrun there
    ),
    each(
        titles_alone.names_without_words,
        titles_alone.join_only_holder,  # "the Colonel" is Colonel Fitzwilliam
        titles_alone.leave_to_coreference,  # "the colonel" of several colonels
        titles_alone.begin_person,
    ),
    addresses.join_addressed,  # "Maggie" is Mrs. Hilbery, who hears it
    marriages.join_maiden_name,  # "Miss Hawkins" is Mrs. Elton
    doubts.settle_by_presence,  # "Lebrun" is Robert Lebrun, and his brother is not about
    namesakes_present.give_addresses,  # "Miss Bennet" is Elizabeth, who hears it, and Jane is away
)
