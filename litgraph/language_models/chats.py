"""A chat as the text that a model reads: through the chat template of its own tokeniser, with the date frozen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from litgraph.errors import ModelError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

FROZEN_DATE = "22 June 2026"
"""What the chat layout prints as today's date: always the same, or every prompt would be another one tomorrow."""

# A macro of this name takes the place of the clock that templates can ask.
_FROZEN_CLOCK = f"{{%- macro strftime_now(format) -%}}{FROZEN_DATE}{{%- endmacro -%}}"


class Message(TypedDict):
    """One turn of a chat, as chat templates and servers take it."""

    role: Literal["system", "user", "assistant"]
    content: str


def rendered_chat(tokenizer: PreTrainedTokenizerBase, chat: Sequence[Message], *, thinking: bool | None) -> str:
    """A chat as text, up to where the model's answer begins.

    Args:
        tokenizer: the model's own.
        chat: its turns.
        thinking: what the template is told of thinking; None: nothing.

    Raises:
        ModelError: the tokeniser has no chat template, or one that refuses the chat.
    """
    if not tokenizer.chat_template:
        raise ModelError(
            f"The tokeniser in {tokenizer.name_or_path} has no chat template, so litgraph cannot ask the model.",
            "Name an instruction-tuned model (--model).",
        )
    turns: Any = list(chat)
    options: dict[str, Any] = {} if thinking is None else {"enable_thinking": thinking}
    try:
        template = _FROZEN_CLOCK + tokenizer.get_chat_template()
        text = tokenizer.apply_chat_template(
            turns, chat_template=template, tokenize=False, add_generation_prompt=True, **options
        )
    except Exception as error:  # whatever the template raises: jinja's errors, and those that it makes up
        raise ModelError(
            f"The chat template of {tokenizer.name_or_path} refuses the prompt: {error}.",
            "Choose another model (--model); litgraph needs one that takes a system text.",
        ) from error
    return str(text)
