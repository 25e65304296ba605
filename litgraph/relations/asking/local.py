"""The model in this process: SmolLM3-3B with the LitTune adapter, or any other causal language model and adapter.

``HuggingFaceTB/SmolLM3-3B`` (Apache-2.0) with ``Despina/SmolLM3-3B-re_littune-0-shot``, a LoRA adapter for relations in
novels and biographies (Christou & Tsoumakas 2026, arXiv:2606.22606).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from litgraph.devices import best_device
from litgraph.language_models.answers import Answer
from litgraph.language_models.chats import Message, rendered_chat
from litgraph.language_models.files import ModelFiles, check_adapter, find_adapter, find_model
from litgraph.ontology import RELATIONS
from litgraph.progress import Progress, Tell, tell_nobody
from litgraph.relations.asking.checks import style_of
from litgraph.relations.asking.choice import asking_choice
from litgraph.relations.asking.labeller import Request
from litgraph.relations.asking.prompts import PromptStyle, Question, Shot, messages
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.options import LabellerOptions

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from litgraph.language_models.decoding import Decoder
    from litgraph.language_models.loading import Settled

BASE = "HuggingFaceTB/SmolLM3-3B"
ADAPTER = "Despina/SmolLM3-3B-re_littune-0-shot"
NO_ADAPTER = "none"


def choose(_: str, options: LabellerOptions, *, progress: Progress, tell: Tell) -> LabellerChoice:
    """The labeller that asks a language model in this process.

    Raises:
        ModelError: a package, the model or its adapter is not there, or they do not fit.
    """
    # An adapter belongs to its base: who names another model means that model, unless an adapter is named, too.
    adapter = options.adapter or (NO_ADAPTER if options.model else ADAPTER)
    model = settle_model(options.model or BASE, adapter, options.precision, offline=options.offline, tell=tell)
    style = style_of(options)
    return asking_choice(
        "smollm3",
        options,
        cache(lambda: ModelAsker(model, style, constrained=options.constrained, tell=tell)),  # once for many books
        facts={
            "style": style.identity,
            "model": model.base.identity,
            "adapter": model.adapter.identity if model.adapter else "none",
            "precision": model.precision,
            "constrained": options.constrained,
        },
        device=best_device(),
        progress=progress,
    )


@dataclass(frozen=True, slots=True)
class LocalModel:
    """Which model, settled before its weights are read.

    Attributes:
        base: its files.
        adapter: the adapter's, if any.
        precision: of the weights.
    """

    base: ModelFiles
    adapter: ModelFiles | None
    precision: Settled

    @property
    def identity(self) -> str:
        """Model, adapter and precision with their versions."""
        adapter = f"+{self.adapter.identity}" if self.adapter else ""
        return f"{self.base.identity}{adapter} {self.precision}"


def settle_model(
    model: str, adapter: str, precision: str, *, offline: bool = False, tell: Tell = tell_nobody
) -> LocalModel:
    """Find a model and its adapter and see whether they fit, without reading their weights.

    Whether there is memory for them is seen when they are needed: a run whose questions are all answered needs none.

    Args:
        model: a folder, or a name on the hub with "@revision" behind it if wanted.
        adapter: the same; "none" for the model as it is.
        precision: "auto", "bf16", "fp32" or "nf4".
        offline: fetch nothing.
        tell: is told before something is fetched.

    Raises:
        ModelError: a package is missing, a model is not there, or the adapter does not fit.
        SettingsError: there is no such precision.
    """
    from litgraph.language_models.loading import check_extra, settled_precision

    check_extra()
    base = find_model(model, offline=offline, tell=tell)
    found = None if adapter == NO_ADAPTER else find_adapter(adapter, offline=offline, tell=tell)
    if found:
        check_adapter(found, base)
    return LocalModel(base, found, settled_precision(precision, base))


class ModelAsker:
    """Asks a model in this process; an :class:`litgraph.relations.asking.labeller.Asker`.

    It is loaded when it is needed.

    Args:
        model: from :func:`settle_model`.
        style: of the prompts.
        constrained: only labels of the vocabulary are possible answers, and the likeliest of them is given.
        tell: is told where the model runs.
    """

    def __init__(
        self,
        model: LocalModel,
        style: PromptStyle,
        *,
        constrained: bool = False,
        tell: Tell = tell_nobody,
    ) -> None:
        self._model = model
        self._style = style
        self._constrained = constrained
        self._tell = tell

    @property
    def name(self) -> str:
        """Model, adapter, precision, the longest answer, and whether only labels are possible."""
        decoding = f"constrained to {len(_labels())}" if self._constrained else f"greedy {self._style.new_tokens}"
        return f"{self._model.identity} {decoding}"

    def prompts(self, questions: Sequence[Question]) -> list[Request]:
        """Rendered through the model's own chat layout; questions about one text share a group if they begin alike."""
        return [
            Request(rendered(self._tokenizer, self._style, one), one.text if self._style.text_first else None)
            for one in questions
        ]

    def chats(self, chats: Sequence[Sequence[Message]]) -> list[Request]:
        """Prompts of other wording than the style's, such as those of a data set."""
        return [Request(rendered_chat(self._tokenizer, chat, thinking=self._style.thinking), None) for chat in chats]

    def ask(self, requests: Sequence[Request]) -> Iterator[dict[int, Answer]]:
        """Batch by batch, as :meth:`litgraph.language_models.decoding.Decoder.answers` gives them."""
        from litgraph.language_models.packing import Prompt

        if requests:
            tokens = self._decoder.tokens([one.prompt for one in requests])
            yield from self._decoder.answers(
                [Prompt(ids, one.group) for ids, one in zip(tokens, requests, strict=True)]
            )

    @cached_property
    def _tokenizer(self) -> Any:
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(self._model.base.folder, local_files_only=True)

    @cached_property
    def _decoder(self) -> Decoder:
        from litgraph.language_models.decoding import Decoder
        from litgraph.language_models.loading import load_model

        loaded = load_model(self._model.base, self._model.adapter, self._model.precision, tell=self._tell)
        labels = _labels() if self._constrained else None
        return Decoder(loaded.model, loaded.tokenizer, new_tokens=self._style.new_tokens, labels=labels)


def rendered(
    tokenizer: PreTrainedTokenizerBase, style: PromptStyle, question: Question, shots: Sequence[Shot] = ()
) -> str:
    """The prompt, marks of the chat layout and the opening of the answer's turn included.

    Args:
        tokenizer: the model's own; its chat template is what counts.
        style: how to ask.
        question: what to ask.
        shots: worked examples.

    Raises:
        ModelError: the tokeniser has no chat template, or one that refuses the chat.
    """
    return rendered_chat(tokenizer, messages(style, question, shots), thinking=style.thinking)


def _labels() -> list[str]:
    """What the model may answer: the vocabulary."""
    return sorted(RELATIONS)
