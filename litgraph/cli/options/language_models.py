"""The options of labellers that ask a language model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def language_model_options(function: Command) -> Command:
    """Add them to a command. Their names are those of the settings."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option(
        "--model",
        metavar="NAME",
        help="For smollm3 and endpoint: the language model, a folder or NAME[@REVISION] on the Hugging Face hub; the "
        "server's own name for it; for classifier its folder. [default: HuggingFaceTB/SmolLM3-3B]",
    ),
    click.option(
        "--adapter",
        metavar="NAME",
        help="Its LoRA adapter, likewise; none for the model as it is. "
        "[default: Despina/SmolLM3-3B-re_littune-0-shot for the default model]",
    ),
    click.option(
        "--precision",
        metavar="BITS",
        help="Of the model's weights: bf16 (16 bits), nf4 (4 bits, a third of the memory), fp32, or auto. "
        "[default: auto]",
    ),
    click.option(
        "--prompt-style",
        metavar="STYLE",
        help="How the model is asked: card, training[:1-9], paper[:1-9] or paper-listed[:1-9]. [default: card]",
    ),
    click.option("--typed/--untyped", default=None, help="Tell the model what each entity is: Carthage [LOC]."),
    click.option("--context", type=int, help="Sentences that the model is shown at least, 1 to 5. [default: 1]"),
    click.option(
        "--filter",
        metavar="WHO",
        help="Who says which pairs are worth a question: literary, literary:FOLDER, or none for all pairs; the model "
        "names a relation for any two people. [default: literary]",
    ),
    click.option(
        "--constrained/--free",
        default=None,
        help="Allow the model (smollm3 only) no answers but labels. [default: free]",
    ),
    click.option(
        "--offline/--online", default=None, help="Fetch no model, even if it is not on this machine. [default: online]"
    ),
    click.option("--base-url", metavar="URL", help="For endpoint: the server, such as http://localhost:8000/v1"),
    click.option("--at-once", type=int, help="Questions that a server is sent at once. [default: 8]"),
    click.option("--per-minute", type=int, help="Questions a minute at most; 0: as many as it takes. [default: 0]"),
)
