"""Where models compute: which device there is, how much of its memory is free, and which numbers it is quick with.

torch is imported only when it is asked something.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import torch

Device = Literal["cuda", "mps", "cpu"]


def best_device() -> Device:
    """The quickest device there is: a CUDA card, Apple's GPU ("mps") or the processor."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def free_memory(device: torch.device) -> float:
    """Bytes that are free on a device; where the system does not tell, 4 GB."""
    import torch

    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return float(free + torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device))
    if device.type == "mps":
        return float(torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    try:
        import psutil  # comes with accelerate

        return float(psutil.virtual_memory().available)
    except ImportError:
        return 4e9


@cache
def quick_halves() -> bool:
    """Whether this processor multiplies numbers of 16 bits (bfloat16) itself; others are slower with them."""
    import torch

    capabilities: Any = getattr(torch.cpu, "get_capabilities", dict)()  # older torch has no such function
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
