"""A base model with its adapter, loaded on the best device there is. The only module that imports peft or bitsandbytes.

Everything that can be wrong (a missing package, too little memory) is said before the weights are read.
"""

from __future__ import annotations

import importlib.util
import logging
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import torch

from litgraph.errors import ModelError, SettingsError
from litgraph.relations.decoding import free_memory
from litgraph.relations.model_files import ModelFiles, parameters

Settled = Literal["bf16", "fp32", "nf4"]

EXTRA = ("accelerate", "bitsandbytes", "peft")

# Bytes a parameter. NF4: half a byte, and the quantised constants of its blocks (Dettmers et al. 2023); the embeddings,
# which stay in 16 bits, are the rest.
_BYTES: dict[Settled, float] = {"fp32": 4.0, "bf16": 2.0, "nf4": 0.68}
_AT_WORK = 1.5e9  # bytes for prompts at work
DTYPES: dict[Settled, torch.dtype] = {"fp32": torch.float32, "bf16": torch.bfloat16, "nf4": torch.bfloat16}


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model that can be asked.

    Attributes:
        model: a causal language model of transformers, or of peft if its adapter is not merged.
        tokenizer: its own.
        device: "cuda", "mps" or "cpu".
        precision: of its weights.
        attention: which implementation.
    """

    model: Any
    tokenizer: Any
    device: str
    precision: Settled
    attention: str


def check_extra() -> None:
    """Raises ModelError if a package of the extra ``gpu`` is not installed."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        raise ModelError(
            f"This labeller needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed.",
            'In the folder of litgraph: pip install ".[gpu]"',
        )


def best_device() -> str:
    """ "cuda", "mps" or "cpu"."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def settled_precision(wanted: str, base: ModelFiles) -> Settled:
    """The precision that "auto" means for a model on this machine; any other is what it is.

    On a GPU 16 bits if the whole card could hold them, else 4; on a processor 16 bits if it multiplies those itself.
    What else happens to use the memory now makes no difference, so that a run goes on as it began.

    Raises:
        SettingsError: there is no such precision.
    """
    named: dict[str, Settled] = {"bf16": "bf16", "fp32": "fp32", "nf4": "nf4"}
    if wanted in named:
        return named[wanted]
    if wanted != "auto":
        raise SettingsError(f"precision = {wanted!r} is none.", "Write auto, bf16, fp32 or nf4.")
    device = best_device()
    if device == "cpu":
        from litgraph.literary.inference import quick_halves

        return "bf16" if quick_halves() else "fp32"
    whole = torch.cuda.get_device_properties(0).total_memory if device == "cuda" else free_memory(torch.device(device))
    return "bf16" if device == "mps" or needed_memory(base, "bf16") < 0.95 * whole else "nf4"


def needed_memory(base: ModelFiles, precision: Settled) -> float:
    """Bytes that a model takes at work, about."""
    return _BYTES[precision] * parameters(base.folder) + _AT_WORK


def check_memory(base: ModelFiles, precision: Settled) -> None:
    """Raises ModelError if the device has too little free memory for a model."""
    device = best_device()
    needed, free = needed_memory(base, precision), free_memory(torch.device(device))
    if needed > free + _AT_WORK / 2:  # a small model may work in less
        smaller = "choose --precision nf4 or " if precision != "nf4" else "choose "
        raise ModelError(
            f"{base.name} in {precision} needs about {needed / 1e9:.1f} GB on the {device.upper()}, where "
            f"{free / 1e9:.1f} GB are free.",
            f"Close other programs, {smaller}a smaller model (--model), or ask a server (--labeller endpoint).",
        )


def load_model(
    base: ModelFiles,
    adapter: ModelFiles | None,
    precision: Settled,
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> LoadedModel:
    """Load a model and its adapter: merged in 32 or 16 bits, beside the weights in 4 bits, where merging would round.

    Args:
        base: the model.
        adapter: of it.
        precision: of the weights; 4 bits are NF4 with double quantisation and 16-bit arithmetic.
        tell: is told where the model runs, and how slow that will be on a processor.

    Raises:
        ModelError: a package or memory is missing, or the files are damaged.
    """
    check_extra()
    check_memory(base, precision)
    device = best_device()
    attention = attention_for(device, precision)
    with quietly():
        from safetensors import SafetensorError
        from transformers import AutoModelForCausalLM, AutoTokenizer

        options: dict[str, Any] = {"quantization_config": nf4()} if precision == "nf4" else {}
        try:
            tokenizer: Any = AutoTokenizer.from_pretrained(base.folder, padding_side="left", local_files_only=True)
            model: Any = AutoModelForCausalLM.from_pretrained(
                base.folder,
                dtype=DTYPES[precision],
                device_map={"": device},
                attn_implementation=attention,
                use_safetensors=True,
                local_files_only=True,
                **options,
            )
            if adapter is not None:
                model = with_adapter(model, adapter)
                if precision != "nf4":
                    model = model.merge_and_unload()
        except torch.OutOfMemoryError as error:
            raise ModelError(
                f"{base.name} in {precision} does not fit into the memory of the {device.upper()}.",
                "Close other programs, or choose --precision nf4.",
            ) from error
        except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            raise ModelError(
                f"{base.name}{f' with {adapter.name}' if adapter else ''} cannot be loaded: {lines[0]}",
                "Its files may be damaged, or of a kind that the installed transformers does not know.",
            ) from error
    model.eval()
    tell(_where(base, device, precision, attention))
    return LoadedModel(model, tokenizer, device, precision, attention)


def with_adapter(model: Any, adapter: ModelFiles) -> Any:
    """The model with a LoRA adapter from its folder, not merged."""
    from peft import PeftModel

    return PeftModel.from_pretrained(model, adapter.folder)


def attention_for(device: str, precision: Settled) -> str:
    """The quickest way to compute attention that is installed: flash-attention on a GPU, else torch's own."""
    quick = device == "cuda" and precision != "fp32" and importlib.util.find_spec("flash_attn") is not None
    return "flash_attention_2" if quick else "sdpa"


def nf4() -> Any:
    import bitsandbytes  # noqa: F401  # so that its absence is told here
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(  # type: ignore[no-untyped-call]
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )


def _where(base: ModelFiles, device: str, precision: Settled, attention: str) -> str:
    if device == "cuda":
        return f"{base.name} runs in {precision} on the GPU ({torch.cuda.get_device_name()}, attention {attention})"
    if device == "mps":
        return f"{base.name} runs in {precision} on Apple's GPU"
    dtype = DTYPES[precision]
    seconds = 2 * parameters(base.folder) * _TOKENS_A_QUESTION / multiplications_per_second(dtype)
    return (
        f"no GPU was found: {base.name} runs in {precision} on the CPU, where a question takes {seconds:.2g} seconds "
        "at least; `--labeller literary` needs no GPU, `--labeller endpoint` asks a server"
    )


_TOKENS_A_QUESTION = 60  # that must be computed when beginnings are shared: the rest of a prompt, and the answer


def multiplications_per_second(dtype: torch.dtype, size: int = 768) -> float:
    """How many multiplications and additions a processor does a second, in a product of two square matrices."""
    one = torch.ones((size, size), dtype=dtype)
    one @ one
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < 0.1:
        one @ one
        count += 1
    return 2 * size**3 * count / (time.perf_counter() - start)


@contextmanager
def quietly() -> Iterator[None]:
    """Keep what the libraries print while loading to themselves: their own bars, and notes on renamed functions."""
    from transformers.utils import logging as transformers_logging

    level, bars = transformers_logging.get_verbosity(), transformers_logging.is_progress_bar_enabled()
    other = logging.getLogger("bitsandbytes")
    before = other.level
    transformers_logging.set_verbosity(logging.ERROR)
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    other.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        transformers_logging.set_verbosity(level)
        if bars:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]
        other.setLevel(before)
