"""The labeller that needs no model: what wording states outright, in the vocabulary's terms.

It reads possessives and role nouns ("his wife", "Lady Catherine's nephew"), couples, and a few verbs whose subject and
object are the two mentions; :mod:`litgraph.relations.rules.table` lists all rules. It has no parser and no view of
the world: what is not said in a fixed wording between two mentions of one sentence stays unlabelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from litgraph.ontology import KIND_OF_LABEL, allowed
from litgraph.progress import Progress, Tell
from litgraph.relations.labeller import LabellerChoice, relation_of
from litgraph.relations.options import LabellerOptions
from litgraph.relations.rules.measured import confidence
from litgraph.relations.rules.role_nouns import ROLES
from litgraph.relations.rules.scene import Scene, scene_of
from litgraph.relations.rules.table import RULES, Rule
from litgraph.types import EntityLabel, Mention, MentionForm, Pair, Relation


def choose(_: str, options: LabellerOptions, *, progress: Progress, tell: Tell) -> LabellerChoice:
    """The rules, which need nothing."""
    return LabellerChoice(RulesLabeller.name, lambda book_text, sentences: RulesLabeller())


class RulesLabeller:
    """Labels pairs by rules; a :class:`litgraph.relations.labeller.Labeller`.

    ``raw`` is the name of the rule and what it gave, such as "possessive: sibling_of"; ``confidence`` is how often
    that was right on LitBank's training passages (:mod:`litgraph.relations.rules.measured`).
    """

    name = "rules-1"

    def label(self, pairs: Iterable[Pair]) -> Iterator[Relation | None]:
        """One answer a pair, lazily and in order; None where no rule speaks."""
        return map(self._label, pairs)

    def _label(self, pair: Pair) -> Relation | None:
        scene = scene_of(pair)
        if scene is None:
            return None
        first, second = scene.first, scene.second
        for rule in _candidates(scene.nested, first.label, first.form, second.label, second.form):
            found = rule.pattern.expression.match(scene.body)
            if not found or (rule.event and scene.hedged()):
                continue
            if rule.relation is None:
                return None
            if answer := _answer(rule, found, scene):
                relation, head, tail = answer
                raw = f"{rule.name}: {relation}"
                return relation_of(
                    pair, head, tail, relation=relation, confidence=confidence(raw), raw=raw, source=self.name
                )
        return None


def _answer(rule: Rule, found: re.Match[str], scene: Scene) -> tuple[str, Mention, Mention] | None:
    """The relation, its head and its tail. Of a role noun's senses it is the first that fits what the two are."""
    head, tail = scene.first, scene.second
    if rule.pattern.first.name not in ("HEAD", "BEARER"):
        head, tail = tail, head
    if rule.relation:
        return rule.relation, head, tail
    bearer, owner = head, tail
    for role in ROLES[found["role"]]:
        head, tail = (bearer, owner) if role.bearer_is_head else (owner, bearer)
        if allowed(role.relation, KIND_OF_LABEL[head.label], KIND_OF_LABEL[tail.label]):
            return role.relation, head, tail
    return None


@cache
def _candidates(
    nested: bool, label: EntityLabel, form: MentionForm, second_label: EntityLabel, second_form: MentionForm
) -> tuple[Rule, ...]:
    """The rules that two such mentions could satisfy."""
    return tuple(
        rule
        for rule in RULES
        if rule.pattern.nested == nested
        and label in rule.pattern.first.labels
        and form in rule.pattern.first.forms
        and second_label in rule.pattern.second.labels
        and second_form in rule.pattern.second.forms
        and (not rule.relation or _kinds_fit(rule, label, second_label))
    )


def _kinds_fit(rule: Rule, first: EntityLabel, second: EntityLabel) -> bool:
    head, tail = (first, second) if rule.pattern.first.name == "HEAD" else (second, first)
    return allowed(str(rule.relation), KIND_OF_LABEL[head], KIND_OF_LABEL[tail])
