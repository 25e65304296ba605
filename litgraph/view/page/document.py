"""The page as one HTML file: its script and style stand in it, and it forbids itself everything else.

Names, titles and the text are a stranger's: they stand in a block of JSON that cannot be left, and the script puts them
into the document as text only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SCRIPTS = (
    "dom",
    "data",
    "state",
    "surface",
    "svg",
    "camera",
    "network_drawing",
    "gestures",
    "network",
    "cells",
    "matrix",
    "storyline",
    "presence",
    "passages",
    "text",
    "corrections",
    "forms",
    "card_parts",
    "proofs",
    "spots",
    "cards",
    "search",
    "saving",
    "filters",
    "controls",
    "main",
)
"""The modules of the page's script, each after those that it uses."""

_SELF, _NONE = "'self'", "'none'"
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)


def document(value: Mapping[str, Any], *, served: bool = False) -> str:
    """The page.

    Args:
        value: from :func:`litgraph.view.page.contents.contents`.
        served: by ``litgraph view``, which takes corrections.
    """
    style, script = _asset("page.css"), _script()
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src blob: data:; "
        f"connect-src {_SELF if served else _NONE}; base-uri {_NONE}; form-action {_NONE}"
    )
    parts = {
        "policy": policy,
        "title": html.escape(_printable(str(value["title"])) or "A novel"),
        "style": style,
        "script": script,
        "contents": in_script({**value, "served": served}),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _asset("page.html"))


def in_script(value: object) -> str:
    """JSON that can stand in a ``<script>``: nothing in it ends the block or begins a comment."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _printable(text)


def _printable(text: str) -> str:
    """Half surrogate pairs, which no file can hold, as JSON spells them."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


@cache
def _script() -> str:
    """All modules as one: none uses a name of its own for what another names, so what imports said goes."""
    modules = (_asset(f"{name}.js") for name in SCRIPTS)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
