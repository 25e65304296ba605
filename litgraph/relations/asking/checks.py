"""Whether the options of labellers that ask a model can be what they are. No model is looked for."""

from __future__ import annotations

from litgraph.errors import SettingsError
from litgraph.relations.asking.filter import check_filter
from litgraph.relations.asking.prompts import PromptStyle, prompt_style
from litgraph.relations.options import LabellerOptions


def style_of(options: LabellerOptions) -> PromptStyle:
    """How the options say to ask. Raises SettingsError if there is no such style."""
    return prompt_style(options.prompt_style, typed=options.typed)


def check_options(options: LabellerOptions) -> None:
    """Raises SettingsError if an option cannot be what it is, whatever labels; models are not looked for."""
    style_of(options)
    check_filter(options.filter)
    if not 1 <= options.context <= 5:
        raise SettingsError(f"context = {options.context} is out of range.", "Choose 1 to 5 sentences.")
    if options.precision not in ("auto", "bf16", "fp32", "nf4"):
        raise SettingsError(f"precision = {options.precision!r} is none.", "Write auto, bf16, fp32 or nf4.")
    if options.base_url:
        from litgraph.relations.asking.endpoint import checked_url

        checked_url(options.base_url)


def check_classifier(options: LabellerOptions) -> None:
    """Raises SettingsError if no classifier is named."""
    if not options.model:
        raise SettingsError("labeller = classifier needs the folder of a classifier.", "Add --model FOLDER")


def check_endpoint(options: LabellerOptions) -> None:
    """Raises SettingsError if a server cannot be asked like that."""
    if not options.base_url:
        raise SettingsError(
            "labeller = endpoint needs the address of a server.", "Add --base-url http://localhost:8000/v1"
        )
    if not options.model:
        raise SettingsError("labeller = endpoint needs the server's name for the model.", "Add --model NAME")
    if options.constrained:
        raise SettingsError(
            "constrained decoding needs the model in this process.", "Leave it out, or take --labeller smollm3."
        )
    if not 1 <= options.at_once <= 256:
        raise SettingsError(f"at_once = {options.at_once} is out of range.", "Choose 1 to 256 questions.")
    if options.per_minute < 0:
        raise SettingsError(f"per_minute = {options.per_minute} is out of range.", "0 means as many as it takes.")
