"""Examples in docstrings stand as code in the reference: a block that begins with ``>>>`` is no quotation."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_EXAMPLE = re.compile(r"^>>> .*(?:\n(?=\S).*)*", re.M)


class Examples(Extension):
    """Puts fences around them when the sources have been read."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        if obj.docstring:
            obj.docstring.value = _EXAMPLE.sub(lambda match: f"```pycon\n{match[0]}\n```", obj.docstring.value)
