"""The list of rules."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

from hypothesis import given, settings
from hypothesis import strategies as st
from marked import names

from litgraph.cast.joins import order, rules
from litgraph.cast.joins.forms import collect_forms
from litgraph.cast.joins.order import join_names

GIVEN = ("Elizabeth", "Lizzy", "Jane", "Mary", "William", "Bill", "John", "Catharine", "Catherine", "J.", "Alexey")
SURNAMES = ("Bennet", "Lucas", "Knightley", "John", "Lebrun", "Philips", "Phillips")
TITLES = ("Mr.", "Mrs.", "Miss", "Sir", "Lady", "Captain", "Rev.", "Count", "Aunt", "Doctor", "Father")

any_name = st.one_of(
    st.sampled_from([*GIVEN, *SURNAMES, "the Colonel", "King of Hearts", "Duchess", "Mr. B."]),
    st.tuples(st.sampled_from(TITLES), st.sampled_from([*GIVEN, *SURNAMES])).map(" ".join),
    st.tuples(st.sampled_from([*TITLES, ""]), st.sampled_from(GIVEN), st.sampled_from(SURNAMES)).map(" ".join),
)


def test_every_rule_stands_in_the_list() -> None:
    listed = inspect.getsource(order)
    for module in pkgutil.iter_modules(rules.__path__):
        for name, function in vars(import_module(f"{rules.__name__}.{module.name}")).items():
            is_rule = inspect.isfunction(function) and function.__module__.endswith(module.name)
            if is_rule and not name.startswith("_") and "index" in inspect.signature(function).parameters:
                assert f"{module.name}.{name}" in listed


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(any_name, st.sampled_from((1, 2, 3, 8, 30)), min_size=1, max_size=10))
def test_every_mention_is_one_persons(times: dict[str, int]) -> None:
    mentions = names(*times.items())
    forms, aliases = collect_forms(mentions)
    people = join_names(forms, mentions)
    of_people = [index for person in people for form in person.forms for index in form.mentions]
    of_parts = [index for person in people for index in person.shared]
    assert sorted(of_people + of_parts) == sorted(aliases)
