"""Texts that were encoded before: the last ones in memory, those before them in a temporary file."""

from __future__ import annotations

import hashlib
import io
import tempfile
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

import torch
from torch import Tensor

Value = TypeVar("Value")

_IN_MEMORY = 100_000  # words, each of 384 numbers of 16 bits: 75 MB
_ON_DISK = 2_000_000  # words: 1.5 GB


class EncodedTexts:
    """The states of the words of texts, in half precision; several threads may use it at once.

    Args:
        in_memory: words; the last text is kept, however long it is.
        on_disk: words; beyond them, and where there is no room for a file, a text is forgotten.
    """

    def __init__(self, *, in_memory: int = _IN_MEMORY, on_disk: int = _ON_DISK) -> None:
        self._limit, self._room = in_memory, on_disk
        self._recent: dict[bytes, Tensor] = {}
        self._filed: dict[bytes, tuple[int, tuple[int, ...]]] = {}
        self._file: io.FileIO | None = None
        self._lock = Lock()

    def get(self, key: bytes) -> Tensor | None:
        """The states of a text, (words, hidden), as ``keep`` got them; None if it is forgotten."""
        with self._lock:
            if key in self._recent:
                self._recent[key] = self._recent.pop(key)  # now the last one
                return self._recent[key]
            if key not in self._filed or self._file is None:
                return None
            begin, shape = self._filed[key]
            self._file.seek(begin)
            size = 2 * shape[0] * shape[1]
            data = bytearray(self._file.read(size))
            return torch.frombuffer(data, dtype=torch.bfloat16).view(shape) if len(data) == size else None

    def keep(self, key: bytes, states: Tensor) -> None:
        """Remember the states of a text, (words, hidden), in bfloat16."""
        with self._lock:
            self._recent[key] = states
            while sum(map(len, self._recent.values())) > self._limit and len(self._recent) > 1:
                oldest = next(iter(self._recent))
                self._put_away(oldest, self._recent.pop(oldest))

    def _put_away(self, key: bytes, states: Tensor) -> None:
        if key in self._filed or len(states) > self._room or not states.numel() or states.device.type != "cpu":
            return
        with suppress(OSError):  # no room: then it is encoded again
            if self._file is None:
                # Unbuffered, so that what a full disk refuses is not tried again at the next read or at the end.
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (closed with this object)
                weakref.finalize(self, self._file.close)
            begin = self._file.seek(0, 2)
            data = states.contiguous().view(torch.int16).numpy().tobytes()
            if self._file.write(data) == len(data):
                self._filed[key] = begin, tuple(states.shape)
                self._room -= len(states)


class LastFew(Generic[Value]):
    """The values that were made last, by key; several threads may use it at once.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[bytes, Value] = {}
        self._lock = Lock()

    def get(self, key: bytes, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not there."""
        with self._lock:
            known = self._values.get(key)
        value = make() if known is None else known
        with self._lock:
            self._values.pop(key, None)
            self._values[key] = value  # now the last one
            while len(self._values) > self._most:
                del self._values[next(iter(self._values))]
        return value


def text_key(sentences: Sequence[Sequence[str]]) -> bytes:
    """Equal for equal tokens only."""
    digest = hashlib.blake2b(digest_size=16)
    for sentence in sentences:
        digest.update("\0".join(sentence).encode("utf-8", "surrogatepass") + b"\0\n")
    return digest.digest()
