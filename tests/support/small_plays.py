"""One short scene in the layouts in which printers and transcribers set plays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

LIST = (
    ("Jonas Hale", "a miller"),
    ("Marian", "his wife"),
    ("Mrs. Tolland", "a widow"),
    ("Porter", ""),
)

SCENE: Sequence[tuple[str, str, str]] = (
    ("Hale", "", "Who left the gate open? I shut it myself, and I bolted it."),
    ("Marian", "laying down her work", "I did not hear it. I was asleep, Jonas."),
    ("Hale", "", "Then it was the wind. I shall go and see to the wheel."),
    ("", "", "Enter MRS. TOLLAND."),
    ("Mrs. Tolland", "", "I have walked all the way from the ford, Marian, and I am wet."),
    ("Marian", "", "Come to the fire. I will fetch you my shawl."),
    ("Mrs. Tolland", "to Hale", "You look as if I had brought the flood with me."),
    ("Hale", "", "I looked so before you came, Mrs. Tolland."),
    ("Porter", "", "There is a cart at the gate, and I cannot turn it."),
)
"""Label, direction behind it, speech; a direction alone has no label."""


def _list(name: Callable[[str], str]) -> str:
    return "\n".join(f"  {name(one)}{', ' + says if says else ''}." for one, says in LIST)


def _set(speech: Callable[[str, str, str], str], name: Callable[[str], str] = str.upper) -> str:
    lines = [speech(*one) if one[0] else f"[{one[2]}]" for one in SCENE]
    front = f"THE MILL\n\n\nDRAMATIS PERSONAE\n\n{_list(name)}\n\n\nACT I\n\nSCENE I. A mill.\n\n"
    return front + "\n\n".join(lines) + "\n\nACT II\n\nSCENE I. The same.\n\n" + "\n\n".join(lines) + "\n"


def _behind(direction: str, brackets: str = "()") -> str:
    return f" {brackets[0]}{direction}{brackets[1]}" if direction else ""


LAYOUTS: dict[str, str] = {
    "NAME. speech": _set(lambda who, how, said: f"{who.upper()}{_behind(how)}. {said}"),
    "NAME: speech": _set(lambda who, how, said: f"{who.upper()}: {_behind(how).strip()} {said}".replace("  ", " ")),
    "Name. speech": _set(lambda who, how, said: f"{who}{_behind(how)}. {said}", str),
    "NAME on a line of its own": _set(lambda who, how, said: f"{who.upper()}.\n\n{_behind(how, '[]').strip()} {said}"),
    "NAME above its lines": _set(lambda who, how, said: f"{who.upper()}\n{_behind(how).strip()} {said}".strip()),
    "Name, abbreviated, indented": _set(
        lambda who, how, said: (
            "  "
            + {"Hale": "Hal.", "Marian": "Mar.", "Porter": "Port."}.get(who, f"{who}.")
            + f"{_behind(how, '[]')} {said}"
        ),
        str,
    ),
    "italic label": _set(lambda who, how, said: f"_{who}_.{_behind(how)} {said}", str),
    "bold label with a colon": _set(lambda who, how, said: f"**{who.upper()}:**{_behind(how)} {said}"),
    "NAME, direction. speech": _set(lambda who, how, said: f"{who.upper()}{', ' + how if how else ''}. {said}"),
    "NAME.— speech": _set(lambda who, how, said: f"{who.upper()}{_behind(how)}.--{said}"),
}
