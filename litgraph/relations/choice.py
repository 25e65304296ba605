"""Which labellers there are. The only place that knows their names: settings, help and checks are made from it.

To add one, write a module with a function ``choose`` and add a row here; ``docs/extending.md`` shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from litgraph.choices import ModuleRow, chosen
from litgraph.progress import Progress, Tell, silent, tell_nobody
from litgraph.relations.asking.checks import check_classifier, check_endpoint, check_options
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.options import LabellerOptions


class LabellerModule(Protocol):
    """What a module that has a labeller must have."""

    def choose(self, argument: str, options: LabellerOptions, *, progress: Progress, tell: Tell) -> LabellerChoice:
        """The labeller, found and fit to work here, but not loaded.

        Args:
            argument: what stands behind the name and a colon in the setting; "" if nothing does.
            options: those that concern it.
            progress: told of what takes long.
            tell: is told where a model runs, and what is fetched.

        Raises:
            ModelError: something that the labeller needs is missing.
        """
        ...


def _anything(options: LabellerOptions) -> None:
    """Needs no option to be set."""


@dataclass(frozen=True, slots=True)
class LabellerRow(ModuleRow):
    """One labeller, in a :class:`LabellerModule`.

    Attributes:
        check: raises SettingsError if options that it needs are missing or wrong; looks for no files.
    """

    check: Callable[[LabellerOptions], None] = _anything


LABELLERS: dict[str, LabellerRow] = {
    "literary": LabellerRow(
        "litgraph.relations.literary",
        "the reader of novels that comes with litgraph, or your own in a FOLDER",
        takes="FOLDER",
    ),
    "rules": LabellerRow(
        "litgraph.relations.rules.labeller", "only what wording states outright: few relations, and surer ones"
    ),
    "smollm3": LabellerRow(
        "litgraph.relations.asking.local", "SmolLM3-3B with an adapter for novels; wants a graphics card"
    ),
    "classifier": LabellerRow(
        "litgraph.relations.asking.classifier",
        "a model that you made with `litgraph train classifier` (--model FOLDER)",
        check=check_classifier,
    ),
    "endpoint": LabellerRow(
        "litgraph.relations.asking.endpoint", "a language model on a server (--base-url, --model)", check=check_endpoint
    ),
}


def choose_labeller(
    setting: str = "literary",
    options: LabellerOptions | None = None,
    *,
    progress: Progress = silent,
    tell: Tell = tell_nobody,
) -> LabellerChoice:
    """The labeller that a setting names, found and fit to work here, but not loaded.

    >>> choose_labeller("rules").version
    'rules-1'

    Args:
        setting: such as "literary", "literary:FOLDER" or "smollm3"; see :data:`LABELLERS`.
        options: for labellers that ask a model.
        progress: told of each answer of a language model.
        tell: is told where a model runs, and what is fetched.

    Raises:
        SettingsError: there is no such labeller, or an option cannot be what it is.
        ModelError: something that the labeller needs is missing, or cannot work here.
    """
    options = options or LabellerOptions()
    name, argument = check_labeller(setting, options)
    module = cast(LabellerModule, import_module(LABELLERS[name].module))
    return module.choose(argument, options, progress=progress, tell=tell)


def check_labeller(setting: str, options: LabellerOptions) -> tuple[str, str]:
    """Name and argument of a setting. Raises SettingsError if it, or an option, cannot be what it is."""
    name, argument = chosen(setting, LABELLERS, key="labeller", what="labeller")
    check_options(options)
    LABELLERS[name].check(options)
    return name, argument
