"""The settings of a run: one frozen value, read from file, then environment, then options, the later one winning."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from litgraph.errors import SettingsError

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
        mentions: who finds the mentions; "literary" for the reader that comes with litgraph, "literary:FOLDER" for one
            of your own, "spacy:PIPELINE" for any installed spaCy pipeline with named entities (it finds names only).
        labeller: who labels the pairs; "rules" for what wording states outright, "literary" or "literary:FOLDER" for a
            reader, as above; "smollm3" for a language model in this process, "endpoint" for one on a server.
        window: how many sentences apart two mentions may stand at most to be a pair (1 = in one sentence), 1–5.
        co_occurrence_window: likewise, for two entities to co-occur, 1–5. Of the windows that ``litgraph evaluate sgb``
            compares with who met whom in two novels, 3 to 5 are best, without a least number of times; 3 proves it
            with the shortest stretches.
        minimum_confidence: relations (merged over their evidence) below it stay out of the graph, 0–1.
        model: for language models: a folder or a name on the hub, with "@revision" behind it if wanted; "" for
            SmolLM3-3B. For a server its own name for the model.
        adapter: the same, of an adapter; "none" for the model as it is; "" for the LitTune adapter of SmolLM3-3B, or
            none if another model is named.
        precision: of the model's weights: "auto", "bf16", "fp32" or "nf4".
        prompt_style: how a language model is asked; :mod:`litgraph.relations.asking.prompts` has the names.
        typed: print the type of each entity into the prompt.
        context: how many sentences around the pair a language model is shown at least, 1–5.
        filter: which pairs a language model is asked about: "literary" or "literary:FOLDER" for those that a reader
            finds likely enough to be related, "none" for all.
        constrained: allow a language model in this process only labels of the vocabulary.
        offline: fetch no model.
        base_url: address of the server, up to "/v1".
        at_once: how many questions a server is sent at once, 1–256.
        per_minute: how many a server is sent in a minute at most; 0: as many as it takes.

    Raises:
        SettingsError: a value is out of its range or unknown.
    """

    mentions: str = "literary"
    labeller: str = "literary"
    window: int = 1
    co_occurrence_window: int = 3
    minimum_confidence: float = 0.5
    model: str = ""
    adapter: str = ""
    precision: str = "auto"
    prompt_style: str = "card"
    typed: bool = False
    context: int = 1
    filter: str = "literary"
    constrained: bool = False
    offline: bool = False
    base_url: str = ""
    at_once: int = 8
    per_minute: int = 0

    def __post_init__(self) -> None:
        finder, colon, name = self.mentions.partition(":")
        if finder not in ("literary", "spacy") or (not name and (colon or finder == "spacy")):
            raise SettingsError(
                f"mentions = {self.mentions!r} is no source of mentions.",
                "Write literary, literary:FOLDER or spacy:NAME, such as spacy:en_core_web_sm.",
            )
        from litgraph.relations.asking.options import check_asking
        from litgraph.relations.labelling import check_labeller

        check_labeller(self.labeller)
        check_asking(self)
        for name in ("window", "co_occurrence_window"):
            if not 1 <= getattr(self, name) <= 5:
                raise SettingsError(f"{name} = {getattr(self, name)} is out of range.", "Choose 1 to 5 sentences.")
        if not 0 <= self.minimum_confidence <= 1:
            raise SettingsError(
                f"minimum_confidence = {self.minimum_confidence} is out of range.", "Choose a number from 0 to 1."
            )

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for reports and provenance."""
        return asdict(self)


def load_settings(
    options: Mapping[str, Any] | None = None,
    *,
    file: Path | None = None,
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
    values = _from_file(file)
    values.update(_from_environment(os.environ if environment is None else environment))
    values.update({name: value for name, value in (options or {}).items() if value is not None})
    return Settings(**values)


def _from_file(file: Path | None) -> dict[str, Any]:
    path = file or Path(SETTINGS_FILE)
    if file is None and not path.is_file():
        return {}
    values = read_toml(path)
    types = get_type_hints(Settings)
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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} is not TOML: {error}.", "Mend that line.") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    types = get_type_hints(Settings)
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


_YES_OR_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _in_words(kind: type) -> str:
    return {int: "a whole number", float: "a number", str: "text", bool: "true or false"}[kind]
