"""Whether the options of labellers that ask a model can be what they are. No model is looked for."""

from __future__ import annotations

from litgraph.errors import SettingsError
from litgraph.relations.asking.filter import check_filter
from litgraph.relations.asking.prompts import PromptStyle, prompt_style
from litgraph.relations.options import LabellerOptions

KEY_VARIABLE = "LITGRAPH_API_KEY"
"""Where the key of a server is looked for."""

ADDRESS_EXAMPLE = "Write it as http://localhost:8000/v1, the part before /chat/completions."


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


def checked_url(base_url: str) -> str:
    """The address of a server, without a slash at its end.

    Raises:
        SettingsError: it is none, or holds a password, which would end up in reports.
    """
    import httpx

    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise SettingsError(f"base_url = {base_url!r} is no address: {error}.", ADDRESS_EXAMPLE) from error
    if url.userinfo or url.query:
        raise SettingsError(
            "base_url holds a password or a query, which would end up in reports.", f"Set {KEY_VARIABLE} instead."
        )
    if url.scheme not in ("http", "https") or not url.host:
        raise SettingsError(f"base_url = {base_url!r} is no address of a server.", ADDRESS_EXAMPLE)
    return base_url.rstrip("/")
