"""How fast are labels? The model card's own loop, plain batches, and litgraph's, on the same prompts and weights.

    python tests/benchmarks/labeller_speed.py BOOK --model FOLDER [--adapter FOLDER] [--pairs 512] [--precision auto]
    python tests/benchmarks/labeller_speed.py BOOK --random --tokenizer FOLDER       SmolLM3-3B in size, random weights

BOOK is as for ``litgraph build`` (a file, or a number such as pg1342). The prompts are those of its pairs that share a
sentence, in style ``card``, from the book's beginning on.

  (a) the card's loop: one pair at a time with ``generate`` (only so many pairs that it takes a while, not all)
  (b) plain batches: ``generate`` on left-padded batches, sorted by length
  (c) litgraph: beginnings and sentences read once, packed batches, finished rows leave

The bound is what the arithmetic alone would take: 2 x parameters x tokens that must be computed (each beginning once,
each sentence once, each pair's own tokens and its answer's) at the measured rate of a large matrix product. With random
weights an answer never ends, so every answer is as long as allowed: --new-tokens says how long.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from litgraph.config import Settings
from litgraph.language_models.decoding import Decoder
from litgraph.language_models.packing import Prompt, common_beginning, grouped
from litgraph.pairs import candidate_pairs
from litgraph.pipeline import build_run
from litgraph.relations.asking.local import rendered
from litgraph.relations.asking.prompts import Question, prompt_style, question_of
from litgraph.runs.stages import MENTIONS, SENTENCES, load_book

CARD_LOOP_SECONDS = 60.0

_now: Callable[[], float] = time.perf_counter


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", help="a file, or the number of a book that was fetched")
    parser.add_argument("--model", help="folder or hub name")
    parser.add_argument("--adapter", default="none")
    parser.add_argument("--random", action="store_true", help="SmolLM3-3B's size with random weights")
    parser.add_argument("--layers", type=int, default=36, help="of the model with random weights")
    parser.add_argument("--tokenizer", help="whose tokeniser goes with --random; a folder")
    parser.add_argument("--precision", default="auto")
    parser.add_argument("--pairs", type=int, default=512)
    parser.add_argument("--new-tokens", type=int, default=16)
    parser.add_argument("--batch", type=int, default=32, help="rows of a plain batch")
    parser.add_argument(
        "--cpu-time",
        action="store_true",
        help="count this process's seconds on the processor instead of the clock's, where other programs are at work; "
        "with one thread (OMP_NUM_THREADS=1)",
    )
    arguments = parser.parse_args()
    global _now
    if arguments.cpu_time:
        _now = time.process_time
    model, tokenizer, what = _random(arguments) if arguments.random else _named(arguments)
    device = next(model.parameters()).device
    style = prompt_style("card")
    questions = asked_questions(arguments.book, arguments.pairs)
    texts = [rendered(tokenizer, style, question) for question in questions]
    decoder = Decoder(model, tokenizer, new_tokens=arguments.new_tokens)
    prompts = [Prompt(ids, question.text) for ids, question in zip(decoder.tokens(texts), questions, strict=True)]
    clock = ", seconds of the processor" if arguments.cpu_time else ""
    print(f"{what} on {_device_name(device)}, {torch.get_num_threads()} threads, torch {torch.__version__}{clock}")
    lengths = [len(prompt.tokens) for prompt in prompts]
    print(f"{len(prompts)} pairs of {arguments.book}, prompts of {statistics.mean(lengths):.0f} tokens on average")
    generate = _generator(model, tokenizer, arguments.new_tokens)

    # Each is tried on a few prompts first, so that nobody pays for the first use of a kernel
    _timed(device, lambda: generate([prompts[0].tokens]))
    rate_a, count = _card_loop(device, generate, prompts)
    print(f"(a) the card's loop  {rate_a:9.2f} pairs a second  ({count} pairs)", flush=True)
    ordered = sorted((prompt.tokens for prompt in prompts), key=len)
    batches = [ordered[begin : begin + arguments.batch] for begin in range(0, len(ordered), arguments.batch)]
    _timed(device, lambda: generate(batches[0][:2]))
    rate_b = len(prompts) / _timed(device, lambda: [generate(batch) for batch in batches])
    print(f"(b) plain batches    {rate_b:9.2f}  = {rate_b / rate_a:.1f} x (a)", flush=True)
    list(decoder.answers(prompts[:8]))
    answered: dict[int, Any] = {}
    seconds = _timed(device, lambda: [answered.update(found) for found in decoder.answers(prompts)])
    rate_c = len(prompts) / seconds
    said = sum(answer.tokens for answer in answered.values())
    needed = tokens_needed(prompts) + said
    bound = len(prompts) / (2 * _parameters(model) * needed / _matmul_rate(model))
    print(f"(c) litgraph         {rate_c:9.2f}  = {rate_c / rate_a:.1f} x (a), {rate_c / rate_b:.1f} x (b)")
    tokens = needed / len(prompts)
    print(f"    the bound        {bound:9.2f}  with {tokens:.1f} tokens a pair; (c) is {rate_c / bound:.0%} of it")


def asked_questions(book: str, count: int) -> list[Question]:
    """The questions about the first pairs of a book."""
    with tempfile.TemporaryDirectory() as folder:
        run = build_run(book, Path(folder) / "run", settings=Settings(labeller="rules")).folder
        text, sentences, mentions = load_book(run).text, SENTENCES.load(run), _mentions(run)
        pairs = candidate_pairs(text, sentences, mentions)
        return [question_of(pair, pair.text) for pair, _ in zip(pairs, range(count), strict=False)]


def _mentions(run: Path) -> Any:
    from litgraph.cast.meanings import with_entities
    from litgraph.runs.loading import load_cast

    return with_entities(MENTIONS.load(run), load_cast(run))


def tokens_needed(prompts: Sequence[Prompt]) -> int:
    """Tokens of the prompts when nothing that is shared is computed twice."""
    beginning = len(common_beginning([prompt.tokens for prompt in prompts]))
    groups = grouped(prompts, beginning)
    return beginning + sum(len(group.shared) + sum(len(own) for _, own in group.rest) for group in groups)


def _generator(model: Any, tokenizer: Any, new_tokens: int) -> Callable[[Sequence[Sequence[int]]], Any]:
    device, pad = next(model.parameters()).device, tokenizer.pad_token_id or 0

    def generate(batch: Sequence[Sequence[int]]) -> Any:
        width = max(map(len, batch))
        ids = torch.tensor([[pad] * (width - len(row)) + list(row) for row in batch], device=device)
        there = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in batch], device=device)
        with torch.inference_mode():
            return model.generate(
                input_ids=ids,
                attention_mask=there,
                max_new_tokens=new_tokens,
                do_sample=False,
                temperature=None,
                top_p=None,
                top_k=None,
                pad_token_id=pad,
            )

    return generate


def _card_loop(device: torch.device, generate: Any, prompts: Sequence[Prompt]) -> tuple[float, int]:
    start, count = _now(), 0
    for prompt in prompts[:: max(1, len(prompts) // 64)]:
        generate([prompt.tokens])
        count += 1
        if _now() - start > CARD_LOOP_SECONDS:
            break
    _wait(device)
    return count / (_now() - start), count


def _timed(device: torch.device, work: Callable[[], Any]) -> float:
    _wait(device)
    start = _now()
    work()
    _wait(device)
    return _now() - start


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize()


def _matmul_rate(model: Any) -> float:
    """Multiplications and additions a second, in a product as large as a layer's with 2,048 tokens."""
    weights = next(model.parameters())
    dtype = torch.bfloat16 if weights.dtype not in (torch.float32, torch.bfloat16) else weights.dtype
    config = model.config.get_text_config(decoder=True)
    one = torch.randn((2048, config.hidden_size), dtype=dtype, device=weights.device)
    other = torch.randn((config.hidden_size, config.intermediate_size), dtype=dtype, device=weights.device)
    _timed(weights.device, lambda: one @ other)
    times = [_timed(weights.device, lambda: [one @ other for _ in range(10)]) for _ in range(5)]
    return 2 * 2048 * config.hidden_size * config.intermediate_size * 10 / min(times)


def _parameters(model: Any) -> int:
    """The parameters that take part in a product: all but the table of embeddings, unless it is the output's too."""
    config = model.config.get_text_config(decoder=True)
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    head_size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    attention = 2 * config.hidden_size * head_size * (config.num_attention_heads + heads)
    return config.num_hidden_layers * (attention + 3 * config.hidden_size * config.intermediate_size)


def _named(arguments: argparse.Namespace) -> tuple[Any, Any, str]:
    from litgraph.language_models.loading import load_model
    from litgraph.relations.asking.local import settle_model

    settled = settle_model(arguments.model, arguments.adapter, arguments.precision)
    loaded = load_model(settled.base, settled.adapter, settled.precision)
    return loaded.model, loaded.tokenizer, settled.identity


def _random(arguments: argparse.Namespace) -> tuple[Any, Any, str]:
    """SmolLM3-3B in its full size, saved with random weights and loaded as a real one would be."""
    from transformers import AutoTokenizer, SmolLM3Config, SmolLM3ForCausalLM

    from litgraph.language_models.files import find_model
    from litgraph.language_models.loading import load_model, settled_precision

    tokenizer = AutoTokenizer.from_pretrained(arguments.tokenizer)
    with tempfile.TemporaryDirectory() as folder:
        torch.set_default_dtype(torch.bfloat16)
        config = SmolLM3Config(
            num_hidden_layers=arguments.layers,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=None,
            bos_token_id=None,
        )
        with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
            SmolLM3ForCausalLM(config).save_pretrained(folder)
        torch.set_default_dtype(torch.float32)
        tokenizer.save_pretrained(folder)
        base = find_model(folder)
        precision = settled_precision(arguments.precision, base)
        loaded = load_model(base, None, precision)
    return loaded.model, loaded.tokenizer, f"SmolLM3-3B with random weights, {precision}"


def _device_name(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "the CPU"


if __name__ == "__main__":
    main()
