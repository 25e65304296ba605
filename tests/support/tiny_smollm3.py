"""A double of SmolLM3-3B that fits into a test: the same architecture, chat layout and adapter, a ten-thousandth of it.

Four layers, because every fourth layer of SmolLM3 has no rotary positions. Its weights are random, or taught in two
seconds to answer with labels (:func:`teach`), so that answers end and differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch.nn.functional import cross_entropy
from transformers import PreTrainedTokenizerFast, SmolLM3Config, SmolLM3ForCausalLM

from litgraph.ontology import RELATIONS
from litgraph.relations.asking.local import rendered
from litgraph.relations.asking.prompts import CARD_SYSTEM, TEMPLATES, TRAINING_SYSTEM, Question, prompt_style

PRIDE = Path(__file__).parent.parent / "data" / "pride-chapters-1-3.txt"
MARKS = ("<|im_start|>", "<|im_end|>", "<think>", "</think>", "<|finetune_right_pad_id|>")
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]

# SmolLM3's layout, in words of our own: a block of metadata with the date, which no mark closes, then the turns.
CHAT_TEMPLATE = """\
{%- set thinking = true if enable_thinking is not defined else enable_thinking -%}
{%- set mode = '/think' if thinking else '/no_think' -%}
{%- set rest = messages -%}
{%- set instructions = 'You are a helpful AI assistant named SmolLM, trained by Hugging Face.' -%}
{%- if messages[0].role == 'system' -%}
{%- set instructions = messages[0].content.rstrip() -%}
{%- set rest = messages[1:] -%}
{%- endif -%}
{{- '<|im_start|>system\n## Metadata\n\nKnowledge Cutoff Date: June 2025\nToday Date: ' -}}
{{- strftime_now('%d %B %Y') ~ '\nReasoning Mode: ' ~ mode ~ '\n\n## Custom Instructions\n\n' -}}
{{- instructions ~ '\n\n' -}}
{%- for message in rest -%}
{%- if message.role == 'user' -%}
{{- '<|im_start|>user\n' ~ message.content ~ '<|im_end|>\n' -}}
{%- elif thinking -%}
{{- '<|im_start|>assistant\n' ~ message.content.lstrip('\n') ~ '<|im_end|>\n' -}}
{%- else -%}
{{- '<|im_start|>assistant\n<think>\n\n</think>\n' ~ message.content.lstrip('\n') ~ '<|im_end|>\n' -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|im_start|>assistant\n' ~ ('' if thinking else '<think>\n\n</think>\n') -}}
{%- endif -%}
"""


class TinyModel(NamedTuple):
    """Folders of a base model and of a LoRA adapter of it."""

    base: Path
    adapter: Path


def make_base(folder: Path, *, seed: int = 0, texts: Iterable[str] = ()) -> Path:
    """A base model with its tokeniser in a folder, as ``save_pretrained`` writes them.

    Args:
        folder: where.
        seed: of the random weights.
        texts: what the tokeniser is trained on beside the first chapters of *Pride and Prejudice*.
    """
    tokenizer = make_tokenizer(texts)
    torch.manual_seed(seed)
    config = SmolLM3Config(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=4096,
        initializer_range=0.08,
        pad_token_id=tokenizer.convert_tokens_to_ids(MARKS[4]),
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
    )
    assert not all(config.no_rope_layers), "one layer must have no rotary positions"
    SmolLM3ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def make_tokenizer(texts: Iterable[str] = ()) -> PreTrainedTokenizerFast:
    """A small byte-level tokeniser with SmolLM3's marks and chat layout; the pad is the end of a turn, as there."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1200,
        special_tokens=list(MARKS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pride, labels = PRIDE.read_text(encoding="utf-8")[:12_000], " ".join(RELATIONS)
    prompts = [CARD_SYSTEM, TRAINING_SYSTEM, *TEMPLATES, CHAT_TEMPLATE, labels] * 4
    tokenizer.train_from_iterator([pride, *prompts, *texts], trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>", clean_up_tokenization_spaces=False
    )
    fast.chat_template = CHAT_TEMPLATE
    return fast


def make_adapter(base: Path, folder: Path, *, seed: int = 1, rank: int = 4) -> Path:
    """A LoRA adapter of a base, on all seven projections, that changes what the base says; saved by peft."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(seed)
    model = SmolLM3ForCausalLM.from_pretrained(base)
    config = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=PROJECTIONS, task_type="CAUSAL_LM")
    adapted: Any = get_peft_model(model, config)
    for name, weights in adapted.named_parameters():
        if "lora_B" in name:  # zeros at first, as if there were no adapter
            torch.nn.init.normal_(weights, std=0.05)
    adapted.save_pretrained(folder)
    return folder


LESSONS = {"sister": "sibling_of", "wife": "spouse_of", "friend": "friend_of", "guest": "visits"}
"""A word of a sentence, and the label that :func:`teach` trains a base to answer then."""


def teach(base: Path, *, style: str = "card", steps: int = 40, seed: int = 0) -> None:
    """Train all weights of a base, in place, to answer a few prompts with labels, and to end its turn then.

    It learns what answers look like, hardly when which is right.

    Args:
        base: its folder.
        style: of the prompts.
        steps: of Adam, each on all lessons.
        seed: fixes what is random.
    """
    torch.manual_seed(seed)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(base)
    model = SmolLM3ForCausalLM.from_pretrained(base)
    rows = []
    for word, label in LESSONS.items():
        asked = Question(f"Jane, {word} of Bingley, smiled.", "Jane", "Bingley")
        prompt = rendered(tokenizer, prompt_style(style), asked)
        rows.append((tokenizer(prompt).input_ids, tokenizer(f"{label}<|im_end|>").input_ids))
    width = max(len(prompt) + len(answer) for prompt, answer in rows)
    ids = torch.full((len(rows), width), tokenizer.pad_token_id)
    labels = torch.full((len(rows), width), -100)
    for index, (prompt, answer) in enumerate(rows):
        ids[index, : len(prompt) + len(answer)] = torch.tensor(prompt + answer)
        labels[index, len(prompt) : len(prompt) + len(answer)] = torch.tensor(answer)
    optimiser = torch.optim.Adam(model.parameters(), lr=4e-3)
    for _ in range(steps):
        logits = model(input_ids=ids).logits[:, :-1]
        loss = cross_entropy(logits.flatten(0, 1), labels[:, 1:].flatten())
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    model.save_pretrained(base)
