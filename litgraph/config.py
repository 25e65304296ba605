"""The settings of a run: one frozen value, read from file, then environment, then options, the later one winning."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from litgraph.errors import SettingsError
from litgraph.mentions.finder import check_finder
from litgraph.pairs import LARGEST_WINDOW
from litgraph.relations.choice import check_labeller
from litgraph.relations.options import LabellerOptions

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SETTINGS_FILE = "litgraph.toml"
ENVIRONMENT_PREFIX = "LITGRAPH_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on, beside the book.

    Attributes:
        mentions: who finds the mentions: "literary" or another name of :data:`litgraph.mentions.finder.FINDERS`.
        labeller: who labels the pairs: "literary" or another name of :data:`litgraph.relations.choice.LABELLERS`.
        window: how many sentences apart two mentions may stand at most to be a pair (1 = in one sentence), 1–5.
        co_occurrence_window: likewise, for two entities to co-occur, 1–5. Of the windows that ``litgraph evaluate sgb``
            compares with who met whom in two novels, 3 to 5 are best, without a least number of times; 3 proves it
            with the shortest stretches.
        minimum_confidence: relations (merged over their evidence) below it stay out of the graph, 0–1; None for what
            was measured to be sure enough, for each family of relations (``litgraph.facts.belief.usual_minimum``).

    The others are those of :class:`litgraph.relations.options.LabellerOptions`.

    Raises:
        SettingsError: a value is out of its range or unknown.
    """

    mentions: str = "literary"
    labeller: str = "literary"
    window: int = 1
    co_occurrence_window: int = 3
    minimum_confidence: float | None = None
    model: str = LabellerOptions.model
    adapter: str = LabellerOptions.adapter
    precision: str = LabellerOptions.precision
    prompt_style: str = LabellerOptions.prompt_style
    typed: bool = LabellerOptions.typed
    context: int = LabellerOptions.context
    filter: str = LabellerOptions.filter
    constrained: bool = LabellerOptions.constrained
    offline: bool = LabellerOptions.offline
    base_url: str = LabellerOptions.base_url
    at_once: int = LabellerOptions.at_once
    per_minute: int = LabellerOptions.per_minute

    def __post_init__(self) -> None:
        check_finder(self.mentions)
        check_labeller(self.labeller, self.labeller_options)
        for name in ("window", "co_occurrence_window"):
            if not 1 <= getattr(self, name) <= LARGEST_WINDOW:
                raise SettingsError(
                    f"{name} = {getattr(self, name)} is out of range.", f"Choose 1 to {LARGEST_WINDOW} sentences."
                )
        if self.minimum_confidence is not None and not 0 <= self.minimum_confidence <= 1:
            raise SettingsError(
                f"minimum_confidence = {self.minimum_confidence} is out of range.", "Choose a number from 0 to 1."
            )

    @property
    def labeller_options(self) -> LabellerOptions:
        """What the labeller may be told beyond its name."""
        return LabellerOptions(**{option.name: getattr(self, option.name) for option in fields(LabellerOptions)})

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for reports and provenance."""
        return asdict(self)


def load_settings(
    options: Mapping[str, Any] | None = None,
    *,
    file: str | os.PathLike[str] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Settings from a file, the environment and options; each overrides the one before, the rest are defaults.

    Args:
        options: values by setting name; None values count as not given.
        file: a TOML file with the settings at its top level; without one, ``litgraph.toml`` in the current folder
            is read if it is there.
        environment: variables such as ``LITGRAPH_WINDOW``; ``os.environ`` if None.

    Raises:
        SettingsError: the file is missing or no TOML, a setting is unknown, or a value cannot be what it is.
    """
    values = _from_file(None if file is None else Path(file))
    values.update(_from_environment(os.environ if environment is None else environment))
    values.update({name: value for name, value in (options or {}).items() if value is not None})
    return Settings(**values)


def _from_file(file: Path | None) -> dict[str, Any]:
    path = file or Path(SETTINGS_FILE)
    if file is None and not path.is_file():
        return {}
    values = read_toml(path)
    types = _types()
    for name, value in values.items():
        if name not in types:
            raise SettingsError(
                f"The settings file {path} has an unknown setting {name!r}.", f"Known are {', '.join(types)}."
            )
        wanted = types[name]
        if isinstance(value, bool) != (wanted is bool) or not isinstance(
            value, (int, float) if wanted is float else wanted
        ):
            raise SettingsError(f"{path}: {name} = {value!r} should be {_in_words(wanted)}.", "Mend that line.")
    return values


def read_toml(path: Path) -> dict[str, Any]:
    """The values of a TOML file. Raises SettingsError if it is missing or no TOML."""
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return values
    except OSError as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error.strerror}.", "Check its path.") from error
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number that is too long for Python
        raise SettingsError(f"The settings file {path} is not TOML: {error}.", "Mend that line.") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    types = _types()
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        variable = ENVIRONMENT_PREFIX + setting.name.upper()
        if text := environment.get(variable):
            try:
                wanted = types[setting.name]
                values[setting.name] = _YES_OR_NO[text.lower()] if wanted is bool else wanted(text)
            except (ValueError, KeyError) as error:
                raise SettingsError(
                    f"{variable}={text} should be {_in_words(wanted)}.", "Change or unset it."
                ) from error
    return values


def _types() -> dict[str, type]:
    """What each setting is, if it is given."""
    hints = get_type_hints(Settings)
    return {name: next(iter(set(get_args(hint)) - {type(None)}), hint) for name, hint in hints.items()}


_YES_OR_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _in_words(kind: type) -> str:
    return {int: "a whole number", float: "a number", str: "text", bool: "true or false"}[kind]
