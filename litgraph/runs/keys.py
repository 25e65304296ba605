"""Keys of stages: digests of all that a stage depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from litgraph.runs.formats import FORMAT_VERSION
from litgraph.runs.provenance import own_version


class Digests:
    """Digests of values. That of a tuple is made once: most stages of a run depend on the same mentions."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Any, ...], bytes]] = {}

    def of(self, value: object) -> bytes:
        """The digest of a value; equal for equal values only. A tuple holds nothing that will be changed."""
        if not isinstance(value, tuple):
            return _digest(value)
        # The tuple is kept beside its digest, so that no other one can get its id.
        if id(value) not in self._known:
            self._known[id(value)] = value, _digest(value)
        return self._known[id(value)][1]


def stage_key(name: str, depends_on: Sequence[Any], digests: Digests | None = None) -> str:
    """Digest of all that a stage depends on, litgraph's own version included; equal for equal values only.

    Args:
        name: of the stage.
        depends_on: all values that it depends on.
        digests: what is known of such values already.
    """
    digests = digests or Digests()
    digest = hashlib.sha256(f"{name} {FORMAT_VERSION} {own_version()}".encode())
    for value in depends_on:
        digest.update(digests.of(value))
    return digest.hexdigest()[:32]


def _digest(value: object) -> bytes:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).digest()
