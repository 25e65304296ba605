"""From settings to a labeller that asks a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.errors import SettingsError
from litgraph.language_models.files import ADAPTER, BASE
from litgraph.progress import Progress
from litgraph.relations.asking.cache import FILE, LabelCache
from litgraph.relations.asking.labeller import Asker, AskingLabeller
from litgraph.relations.asking.prompts import PromptStyle, prompt_style
from litgraph.types import Sentence

if TYPE_CHECKING:
    from litgraph.config import Settings
    from litgraph.relations.asking.filter import RelatednessFilter
    from litgraph.relations.asking.local import LocalModel

NO_FILTER = "none"


def check_asking(settings: Settings) -> None:
    """Raises SettingsError if a setting of language models cannot be what it is; models are not looked for."""
    _style(settings)
    filter_name, colon, folder = settings.filter.partition(":")
    if settings.filter != NO_FILTER and (filter_name != "literary" or bool(colon) != bool(folder)):
        raise SettingsError(f"filter = {settings.filter!r} is no filter.", "Write literary, literary:FOLDER or none.")
    if not 1 <= settings.context <= 5:
        raise SettingsError(f"context = {settings.context} is out of range.", "Choose 1 to 5 sentences.")
    if settings.precision not in ("auto", "bf16", "fp32", "nf4"):
        raise SettingsError(f"precision = {settings.precision!r} is none.", "Write auto, bf16, fp32 or nf4.")
    if settings.base_url:
        from litgraph.relations.asking.endpoint import checked_url

        checked_url(settings.base_url)
    if settings.labeller == "endpoint":
        _check_endpoint(settings)
    if settings.labeller == "classifier" and not settings.model:
        raise SettingsError("labeller = classifier needs the folder of a classifier.", "Add --model FOLDER")


def _check_endpoint(settings: Settings) -> None:
    if not settings.base_url:
        raise SettingsError(
            "labeller = endpoint needs the address of a server.", "Add --base-url http://localhost:8000/v1"
        )
    if not settings.model:
        raise SettingsError("labeller = endpoint needs the server's name for the model.", "Add --model NAME")
    if settings.constrained:
        raise SettingsError(
            "constrained decoding needs the model in this process.", "Leave it out, or take --labeller smollm3."
        )
    if not 1 <= settings.at_once <= 256:
        raise SettingsError(f"at_once = {settings.at_once} is out of range.", "Choose 1 to 256 questions.")
    if settings.per_minute < 0:
        raise SettingsError(f"per_minute = {settings.per_minute} is out of range.", "0 means as many as it takes.")


def asking_facts(settings: Settings, *, tell: Callable[[str], None]) -> dict[str, Any]:
    """Everything that the labels depend on, beside the book.

    Args:
        settings: of the run.
        tell: is told what is fetched.

    Raises:
        ModelError: a model is not there, or cannot work here.
    """
    facts: dict[str, Any] = {"style": _style(settings).identity, "context": settings.context, "filter": "none"}
    if settings.filter != NO_FILTER:
        from litgraph.literary.version import reader_version

        facts["filter"] = reader_version(settings.filter.partition(":")[2] or None)
    if settings.labeller == "endpoint":
        return facts | {"server": settings.base_url, "model": settings.model}
    if settings.labeller == "classifier":
        return {name: facts[name] for name in ("context", "filter")} | {"model": asker_of(settings, tell).name}
    model = _local_model(settings, tell)
    return facts | {
        "model": model.base.identity,
        "adapter": model.adapter.identity if model.adapter else "none",
        "precision": model.precision,
        "constrained": settings.constrained,
    }


def asking_labeller(
    settings: Settings,
    book_text: str,
    sentences: Sequence[Sentence],
    *,
    name: str,
    progress: Progress,
    tell: Callable[[str], None],
) -> AskingLabeller:
    """The labeller of some settings, with the cache that all runs share.

    Args:
        settings: of the run.
        book_text: the text of the book.
        sentences: all of them, in order.
        name: of the labeller and its version.
        progress: told of each answer.
        tell: is told where the model runs.

    Raises:
        ModelError: a model is not there.
        LitgraphError: the cache cannot be used.
    """
    from litgraph.reading.catalogue import cache_folder

    asker = asker_of(settings, tell)
    return AskingLabeller(
        name,
        asker,
        _filter(settings, book_text, sentences),
        LabelCache(cache_folder() / FILE),
        book_text,
        sentences,
        context=settings.context,
        progress=progress,
    )


def asker_of(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Asker:
    """Who answers the questions of some settings.

    Args:
        settings: ``labeller`` is one of those that ask.
        tell: is told where the model runs, and what is fetched.

    Raises:
        ModelError: a model is not there.
    """
    style = _style(settings)
    if settings.labeller == "endpoint":
        from litgraph.relations.asking.endpoint import EndpointAsker

        return EndpointAsker(
            settings.base_url, settings.model, style, at_once=settings.at_once, per_minute=settings.per_minute
        )
    if settings.labeller == "classifier":
        from litgraph.relations.asking.classifier import ClassifierAsker

        return ClassifierAsker(Path(settings.model), offline=settings.offline, tell=tell)
    from litgraph.relations.asking.local import ModelAsker

    return ModelAsker(_local_model(settings, tell), style, constrained=settings.constrained, tell=tell)


def _style(settings: Settings) -> PromptStyle:
    return prompt_style(settings.prompt_style, typed=settings.typed)


def _local_model(settings: Settings, tell: Callable[[str], None]) -> LocalModel:
    from litgraph.relations.asking.local import NO_ADAPTER, settle_model

    # An adapter belongs to its base: who names another model means that model, unless an adapter is named, too.
    adapter = settings.adapter or (NO_ADAPTER if settings.model else ADAPTER)
    return settle_model(settings.model or BASE, adapter, settings.precision, offline=settings.offline, tell=tell)


def _filter(settings: Settings, book_text: str, sentences: Sequence[Sentence]) -> RelatednessFilter | None:
    if settings.filter == NO_FILTER:
        return None
    from litgraph import literary
    from litgraph.relations.asking.filter import RelatednessFilter

    reader = literary.load(settings.filter.partition(":")[2] or None)
    return RelatednessFilter(reader, reader.thresholds.worth_asking, book_text, sentences)
