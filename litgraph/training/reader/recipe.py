"""How the literary reader is trained: every number that somebody may want to change."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar, overload

from litgraph.errors import SettingsError

_MOST_OPINIONS = 5  # each takes some 2 MB and as much time as the first


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the reader is trained; every value can be set in a TOML file.

    Attributes:
        epochs: passes over the passages.
        litbank_passes: how often an epoch reads LitBank's passages, the only ones that teach to find mentions.
        patience: epochs without a better result on the development passages after which training stops.
        encoder_rate, head_rate: highest learning rates, after a warm-up and falling linearly to 0.
        warm_up: share of the steps in which the rates rise.
        weight_decay: of AdamW.
        averaging: how much of the running average of the weights, which is what is kept, stays at each step.
        shortest, longest: words of the parts that passages are cut into, one a step; cut elsewhere in every epoch.
        negatives: share of the unrelated pairs of neighbouring sentences that is trained on.
        form_weight: weight of the mention forms beside the mentions themselves.
        label_weight: weight of the relation labels beside being related.
        place_weight: weight of the pairs of a character and a place.
        place_pairs: how many of these make a step.
        hidden: share of the words around such a pair that cannot be read.
        seed: of everything that is drawn.
        renamed: share of the passages that are read with other names.
        speech_weight: weight of who speaks, and to whom.
        opinions: relation heads that are trained on the finished encoder, beside the one that was trained with it.
        opinion_epochs: passes over the passages for each of them.
        place_epochs: passes over the characters and places on the finished encoder.

    Raises:
        SettingsError: a value that nothing can be trained with.
    """

    epochs: int = 3
    litbank_passes: int = 3
    patience: int = 2
    encoder_rate: float = 1.5e-4
    head_rate: float = 8e-4
    warm_up: float = 0.05
    weight_decay: float = 0.01
    averaging: float = 0.998
    shortest: int = 350
    longest: int = 900
    negatives: float = 0.25
    form_weight: float = 0.5
    label_weight: float = 0.4
    place_weight: float = 0.5
    place_pairs: int = 8
    hidden: float = 0.1
    seed: int = 1
    renamed: float = 0.5
    speech_weight: float = 1.0
    opinions: int = 2
    opinion_epochs: int = 4
    place_epochs: int = 2

    def __post_init__(self) -> None:
        for name in ("epochs", "litbank_passes", "patience", "shortest", "longest", "place_pairs", "opinion_epochs"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{name} = {getattr(self, name)} is too small.", "It must be 1 at least.")
        if not 0 <= self.opinions <= _MOST_OPINIONS:
            raise SettingsError(f"opinions = {self.opinions} is out of range.", f"Choose 0 to {_MOST_OPINIONS}.")
        for name in ("warm_up", "averaging", "negatives", "hidden", "renamed"):
            if not 0 <= getattr(self, name) <= 1:
                raise SettingsError(f"{name} = {getattr(self, name)} is no share.", "Choose a number from 0 to 1.")
        if self.shortest > self.longest:
            raise SettingsError(
                f"shortest = {self.shortest} is more than longest = {self.longest}.", "Make the parts longer."
            )


Kind = TypeVar("Kind")


@overload
def recipe_from(values: dict[str, Any]) -> Recipe: ...
@overload
def recipe_from(values: dict[str, Any], usual: Kind) -> Kind: ...
def recipe_from(values: dict[str, Any], usual: Any = None) -> Any:
    """A recipe with some values changed; of the literary reader, if no usual one is given.

    Raises:
        SettingsError: there is no such value, or it cannot be that.
    """
    recipe = Recipe() if usual is None else usual
    known = {field.name: getattr(recipe, field.name) for field in fields(recipe)}
    changed = {}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"The recipe has no value {name!r}.", f"Known are {', '.join(known)}.")
        # A list of TOML is a tuple here, and 1 is a number as good as 1.0
        given = tuple(value) if isinstance(value, list) else value
        given = float(given) if type(given) is int and isinstance(known[name], float) else given
        if type(given) is not type(known[name]):
            raise SettingsError(f"{name} = {value!r} is not of the right type.", f"Write it as in {known[name]!r}.")
        changed[name] = given
    return replace(recipe, **changed)


def as_toml(recipe: Any) -> str:
    """A recipe as the TOML file that gives it again."""
    lines = []
    for name, value in asdict(recipe).items():
        if isinstance(value, bool):
            written = str(value).lower()
        elif isinstance(value, tuple):
            written = "[" + ", ".join(f'"{item}"' for item in value) + "]"
        else:
            written = f'"{value}"' if isinstance(value, str) else repr(value)
        lines.append(f"{name} = {written}")
    return "\n".join(lines) + "\n"
