"""Strings as TOML writes them."""

from __future__ import annotations

_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def quoted(text: str) -> str:
    """A TOML basic string; lone surrogates, which no file can hold, become U+FFFD."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if 0xD800 <= ord(char) <= 0xDFFF:
        return "\ufffd"
    return f"\\u{ord(char):04X}" if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 else char
