"""What a labeller may be told beyond its name. One value for all of them: each takes what concerns it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LabellerOptions:
    """How a language model, or a classifier in its place, is found and asked.

    Attributes:
        model: a folder or a name on the hub, with "@revision" behind it if wanted; "" for SmolLM3-3B. For a server its
            own name for the model, for a classifier its folder.
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
    """

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
