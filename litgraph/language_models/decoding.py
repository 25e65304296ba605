"""Answers of a causal language model, many prompts at once: greedy, or the likeliest label of a fixed set.

Each answer is what the model would say to that prompt alone. In 32 bits this holds to rounding in the last digits; in
bfloat16 and 4 bits the company of other prompts changes a few answers, as it does in every batched use of such models.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import torch
from torch import Tensor

from litgraph.devices import free_memory
from litgraph.errors import ModelError
from litgraph.language_models.answers import Answer
from litgraph.language_models.packing import (
    Batch,
    Budget,
    Group,
    Prompt,
    Tokens,
    common_beginning,
    grouped,
    halves,
    packed,
)
from litgraph.language_models.prefix_cache import Rows
from litgraph.language_models.trie import Open, Search, Trie, label_trie

_LEAVE = 0.75  # finished rows leave a batch when no more than this share of its rows goes on
_LOOK_EVERY = 2  # steps on a GPU between two looks at who has finished; each look waits for it


class Decoder:
    """Asks a model.

    Args:
        model: a causal language model of transformers, in evaluation mode.
        tokenizer: its own.
        new_tokens: the longest answer.
        labels: if given, the only possible answers, of which the likeliest is found.
        budget: how much is read at once; by default what :func:`memory_budget` finds.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        *,
        new_tokens: int = 16,
        labels: Sequence[str] | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.new_tokens = new_tokens
        self.device = next(model.parameters()).device
        self.budget = budget or memory_budget(model)
        self._ends = end_tokens(model, tokenizer)
        self._tree = _Tree(_trie_of(tokenizer, labels), self.device) if labels is not None else None
        self._beginning: tuple[Tokens, Rows] | None = None

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Rendered prompts as tokens."""
        if not texts:
            return []
        return [tuple(ids) for ids in self.tokenizer(list(texts), add_special_tokens=False).input_ids]

    @torch.inference_mode()
    def answers(self, prompts: Sequence[Prompt]) -> Iterator[dict[int, Answer]]:
        """Answers by the number of their prompt, batch by batch, in whatever order suits the machine.

        Args:
            prompts: none of them empty.

        Raises:
            ModelError: there is too little memory even for one prompt.
        """
        longest = self.new_tokens if self._tree is None else self._tree.depth
        order = sorted(range(len(prompts)), key=lambda number: prompts[number].tokens[0])
        for _, alike in groupby(order, key=lambda number: prompts[number].tokens[0]):
            numbers = list(alike)
            chosen = [prompts[number] for number in numbers]
            beginning = common_beginning([prompt.tokens for prompt in chosen])
            groups = grouped(chosen, len(beginning))
            for batch in packed(groups, shared=len(beginning), new_tokens=longest, budget=self.budget):
                for found in self._tried(beginning, batch, len(beginning) + longest):
                    yield {numbers[number]: answer for number, answer in found.items()}

    def _tried(self, beginning: Tokens, batch: Batch, each: int) -> Iterator[dict[int, Answer]]:
        """The answers of a batch, in halves if it is too much at once."""
        if batch.slots > self.budget.slots and batch.rows > 1:
            parts: tuple[Batch, ...] = halves(batch, each)
        else:
            try:
                yield self._answered(beginning, batch)
                return
            except RuntimeError as error:
                if not _out_of_memory(error):
                    raise
            # Here, where the error with its tensors is gone
            self._make_room()
            if batch.rows == 1:
                raise ModelError(
                    f"There is too little memory on the {self.device.type.upper()} for one prompt.",
                    "Close other programs, or choose --precision nf4 or a smaller model.",
                )
            self.budget.halve()
            parts = halves(batch, each)
        for part in parts:
            yield from self._tried(beginning, part, each)

    def _make_room(self) -> None:
        self._beginning = None
        gc.collect()
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def _answered(self, beginning: Tokens, batch: Batch) -> dict[int, Answer]:
        rows = self._started(beginning)
        blocks = [tokens for group in batch.groups for _, tokens in group.rest]
        room = max(map(len, blocks)) + (self.new_tokens if self._tree is None else self._tree.depth)
        if batch.groups[0].shared:
            shared = rows.select([0] * len(batch.groups), room=max(len(group.shared) for group in batch.groups))
            shared.extend([group.shared for group in batch.groups])
            rows = shared.select(_owners(batch.groups), room=room)
        else:
            rows = rows.select([0] * len(blocks), room=room)
        scores = rows.extend(blocks)
        found = self._free(rows, scores) if self._tree is None else self._within(self._tree, rows, scores)
        return dict(zip(batch.numbers, found, strict=True))

    def _started(self, beginning: Tokens) -> Rows:
        if self._beginning is None or self._beginning[0] != beginning:
            self._beginning = beginning, Rows.read(self.model, beginning)
        return self._beginning[1]

    def _free(self, rows: Rows, scores: Tensor) -> list[Answer]:
        """Greedy decoding until each row has ended its turn."""
        count = len(rows)
        said = torch.full((count, self.new_tokens), -1, device=self.device)
        sure = torch.zeros((count, self.new_tokens), device=self.device)
        at_work = torch.arange(count, device=self.device)
        ended = torch.zeros(count, dtype=torch.bool, device=self.device)
        every = 1 if self.device.type == "cpu" else _LOOK_EVERY
        for step in range(self.new_tokens):
            scores = scores.float()
            best, tokens = scores.max(1)
            said[at_work, step] = tokens
            sure[at_work, step] = best - scores.logsumexp(1)
            ended |= torch.isin(tokens, self._ends)
            if step + 1 == self.new_tokens:
                break
            if step % every == every - 1:
                going = (~ended).nonzero().flatten()
                if not len(going):
                    break
                if len(going) <= _LEAVE * len(rows):
                    rows = rows.select(going, room=self.new_tokens - step)
                    at_work, tokens, ended = at_work[going], tokens[going], ended[going]
            scores = rows.step(tokens)
        ends = set(self._ends.tolist())
        return [self._said(row, scores, ends) for row, scores in zip(said.tolist(), sure.tolist(), strict=True)]

    def _said(self, tokens: list[int], sure: list[float], ends: set[int]) -> Answer:
        end = next((place for place, token in enumerate(tokens) if token in ends), None)
        length = self.new_tokens if end is None else end + 1
        text = self.tokenizer.decode(tokens[:length] if end is None else tokens[:end])
        return Answer(str(text), sum(sure[:length]), length)

    def _within(self, tree: _Tree, rows: Rows, scores: Tensor) -> list[Answer]:
        """The likeliest label of each row: down the tree in rounds, until no other branch can be likelier."""
        searches = [Search(tree.trie) for _ in range(len(rows))]
        prompt_end, numbers, below = rows.used, list(range(len(rows))), rows
        while numbers:
            starts = [searches[number].next or Open(0.0, (), 0) for number in numbers]
            for number, steps in zip(numbers, tree.walked(below, scores, [one.node for one in starts]), strict=True):
                searches[number].descend(steps)
            rows.rewind(prompt_end)
            numbers = [number for number in numbers if _has_more(searches[number])]
            if numbers:
                paths = [(searches[number].next or Open(0.0, (), 0)).path for number in numbers]
                below = rows.select(numbers, room=2 * tree.depth)
                scores = below.extend(paths)
        return [Answer(one.label, one.log_probability, one.tokens, one.elsewhere) for one in searches]


class _Tree:
    """A trie as tensors: for each node its children's tokens, their nodes, and which of them there are."""

    def __init__(self, trie: Trie, device: torch.device) -> None:
        shape = len(trie.children), trie.widest
        self.trie = trie
        self.depth = max(len(path) for path, _ in trie.paths())
        self.tokens = torch.zeros(shape, dtype=torch.long)
        self.nodes = torch.zeros(shape, dtype=torch.long)
        self.there = torch.zeros(shape, dtype=torch.bool)
        for node, children in enumerate(trie.children):
            for place, (token, child) in enumerate(children.items()):
                self.tokens[node, place], self.nodes[node, place], self.there[node, place] = token, child, True
        self.tokens, self.nodes, self.there = (part.to(device) for part in (self.tokens, self.nodes, self.there))

    def walked(self, rows: Rows, scores: Tensor, starts: Sequence[int]) -> list[list[dict[int, float]]]:
        """Down from a node for each row, along the surest children, to a leaf.

        Returns:
            For each row, for each node on the way, the log-probabilities of its children's tokens.
        """
        node = torch.tensor(starts, device=scores.device)
        nodes, chances = [], []
        while True:
            there = self.there[node]
            scores = scores.float()
            own = scores.gather(1, self.tokens[node]) - scores.logsumexp(1, keepdim=True)
            own = own.masked_fill(~there, float("-inf"))
            nodes.append(node)
            chances.append(own)
            best = own.argmax(1, keepdim=True)
            tokens = self.tokens[node].gather(1, best).flatten()
            # A row that is at a leaf stays there; its further tokens are nobody's.
            node = torch.where(there.any(1), self.nodes[node].gather(1, best).flatten(), node)
            if not bool(self.there[node].any()):
                break
            scores = rows.step(tokens)
        ways: list[list[dict[int, float]]] = [[] for _ in starts]
        for level, found in zip(torch.stack(nodes).tolist(), torch.stack(chances).double().tolist(), strict=True):
            for way, at, values in zip(ways, level, found, strict=True):
                children = self.trie.children[at]
                if children:
                    way.append(dict(zip(children, values, strict=False)))
        return ways


def memory_budget(model: Any) -> Budget:
    """How much a model may read at once on its device, from the memory that is free now.

    A token costs its keys and values, twice for the moment when finished rows leave, and what the widest layer holds
    while it is read; a row costs its scores over the whole vocabulary, in 32 bits, a few times.
    """
    weights = next(model.parameters())
    config = model.config.get_text_config(decoder=True)
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    head_size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    size = 2 if weights.device.type == "cuda" else 4
    slot = 2 * (2 * config.num_hidden_layers * heads * head_size * size)
    slot += (3 * config.intermediate_size + 6 * config.hidden_size) * size
    row = 4 * 4 * config.vocab_size
    free = 0.8 * free_memory(weights.device)
    rows = 1024 if weights.device.type == "cuda" else 64
    rows = max(1, min(rows, int(free / 4 / row)))
    return Budget(slots=max(256, int((free - rows * row) / slot)), rows=rows)


def end_tokens(model: Any, tokenizer: Any) -> Tensor:
    """The tokens that end an answer: those that model and tokeniser name, and the chat layout's end of a turn."""
    found: set[int] = set()
    for named in (tokenizer.eos_token_id, model.config.eos_token_id, model.generation_config.eos_token_id):
        found.update(named if isinstance(named, list) else [named] if named is not None else [])
    for mark in ("<|im_end|>", "<|eot_id|>", "<|end|>", "<end_of_turn>"):
        token = tokenizer.get_vocab().get(mark)
        found.update([token] if token is not None else [])
    return torch.tensor(sorted(found), device=next(model.parameters()).device)


def _trie_of(tokenizer: Any, labels: Sequence[str]) -> Trie:
    end = tokenizer.eos_token_id
    split: Mapping[str, Sequence[int]] = {
        label: tokenizer(label, add_special_tokens=False).input_ids for label in sorted(set(labels))
    }
    return label_trie(split, end)


def _owners(groups: Sequence[Group]) -> list[int]:
    return [index for index, group in enumerate(groups) for _ in group.rest]


def _has_more(search: Search) -> bool:
    """Whether the model must be asked again; labels whose tokens are all known are taken in on the way."""
    while (step := search.next) is not None and step.node in search.trie.labels:
        search.descend([])
    return step is not None


def _out_of_memory(error: RuntimeError) -> bool:
    return isinstance(error, torch.OutOfMemoryError) or "can't allocate memory" in str(error)
