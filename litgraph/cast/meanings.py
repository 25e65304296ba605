"""Whom each mention means, once the cast is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from litgraph.ontology import label_of_kind
from litgraph.types import Cast, Mention


def with_entities(mentions: Iterable[Mention], cast: Cast) -> tuple[Mention, ...]:
    """The mentions with their entities, and with a label that agrees with the entity's kind."""
    kinds = {entity.id: entity.kind for entity in cast.entities}
    return tuple(
        replace(
            mention,
            entity=entity,
            label=label_of_kind(kinds[entity], mention.label),
            certainty=cast.certainty_of.get(mention.id, 1.0),
        )
        if entity in kinds
        else mention
        for mention in mentions
        for entity in (cast.entity_of.get(mention.id, ""),)
    )
