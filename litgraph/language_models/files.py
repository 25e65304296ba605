"""Where a language model's files are, which version they are, and whether an adapter fits its base.

A model is a folder or a name on the Hugging Face hub, such as ``HuggingFaceTB/SmolLM3-3B`` or, with a revision pinned,
``HuggingFaceTB/SmolLM3-3B@a1b2c3``. Nothing is fetched if the files are there already. Only headers of weights are read
here, so that whatever is wrong is said before any work is done.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from litgraph.errors import ModelError

CONFIG, ADAPTER_CONFIG, ADAPTER_WEIGHTS = "config.json", "adapter_config.json", "adapter_model.safetensors"
_WANTED = ["*.json", "*.safetensors", "*.jinja", "*.txt", "*.model"]  # no pickled weights
_SAMPLE, _SAMPLES = 1 << 20, 16  # of a large file: so many pieces of 1 MiB
_HUB_NAME = re.compile(r"(?:\w[\w.-]*/)?\w[\w.-]*", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")

Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of one model or adapter.

    Attributes:
        name: as the user wrote it.
        folder: where they are.
        identity: name and version; equal for equal files, wherever a local folder lies.
    """

    name: str
    folder: Path
    identity: str


def find_model(name: str, *, offline: bool = False, tell: Callable[[str], None] = lambda _: None) -> ModelFiles:
    """A base model's files; fetched from the hub if they are nowhere on this machine and it may be.

    Args:
        name: a folder, or a name on the hub, with "@revision" behind it if wanted.
        offline: fetch nothing.
        tell: is told before something is fetched.

    Raises:
        ModelError: there is no such model, it cannot be fetched, or the folder holds no weights in safetensors form.
    """
    return _checked(_find(name, offline, tell), CONFIG, "*.safetensors", "model")


def find_adapter(name: str, *, offline: bool = False, tell: Callable[[str], None] = lambda _: None) -> ModelFiles:
    """An adapter's files, as :func:`find_model` finds a model's.

    Args:
        name: as there.
        offline: fetch nothing.
        tell: is told before something is fetched.

    Raises:
        ModelError: as there.
    """
    return _checked(_find(name, offline, tell), ADAPTER_CONFIG, ADAPTER_WEIGHTS, "adapter")


def check_adapter(adapter: ModelFiles, base: ModelFiles) -> None:
    """Does the adapter fit the base: does every matrix that it changes exist there, with the same size?

    Raises:
        ModelError: it does not; the message names the base that it was made for.
    """
    shapes = weight_shapes(base.folder)
    for name, shape in weight_shapes(adapter.folder).items():
        found = re.fullmatch(r"(?:base_model\.model\.)?(.+)\.lora_([AB])(?:\.[^.]+)?\.weight", name)
        if not found:
            continue
        matrix = shapes.get(f"{found[1]}.weight") or shapes.get(f"{found[1].removeprefix('model.')}.weight")
        place, side = (1, 1) if found[2] == "A" else (0, 0)
        if matrix is None or matrix[side] != shape[place]:
            made_for = _json(adapter.folder / ADAPTER_CONFIG).get("base_model_name_or_path") or "an unnamed model"
            what = "is not there" if matrix is None else f"is {matrix[0]} × {matrix[1]} there"
            raise ModelError(
                f"The adapter {adapter.name} does not fit the model {base.name}: {found[1]} {what}.",
                f"It was made for {made_for}: name that with --model, or another adapter with --adapter.",
            )


def parameters(folder: Path) -> int:
    """How many numbers the weights in a folder are."""
    count = 0
    for shape in weight_shapes(folder).values():
        size = 1
        for length in shape:
            size *= length
        count += size
    return count


@lru_cache(maxsize=4)
def weight_shapes(folder: Path) -> Shapes:
    """The shapes of all tensors in a folder's safetensors files, from their headers.

    Raises:
        ModelError: a file is damaged.
    """
    shapes: dict[str, tuple[int, ...]] = {}
    for path in sorted(folder.glob("*.safetensors")):
        try:
            with path.open("rb") as file:
                header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
            shapes.update((name, tuple(about["shape"])) for name, about in header.items() if name != "__metadata__")
        except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, MemoryError) as error:
            raise ModelError(f"{path} is damaged: {error!r}.", "Fetch the model again.") from error
    return shapes


def _find(name: str, offline: bool, tell: Callable[[str], None]) -> ModelFiles:
    folder = Path(name)
    if folder.is_dir():
        return ModelFiles(name, folder, f"{folder.resolve().name}-{_fingerprint(folder.resolve())}")
    repository, _, revision = name.partition("@")
    if not _HUB_NAME.fullmatch(repository):
        raise ModelError(f"There is no model in {name}: no such folder.", "Name a folder, or a model on the hub.")
    folder = _snapshot(name, repository, revision or None, offline, tell)
    # The hub's cache names a snapshot after its commit.
    version = folder.name if _COMMIT.fullmatch(folder.name) else _fingerprint(folder)
    return ModelFiles(name, folder, f"{repository}@{version[:12]}")


def _snapshot(name: str, repository: str, revision: str | None, offline: bool, tell: Callable[[str], None]) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, RepositoryNotFoundError

    # Some errors come from its HTTP library as they are, and that is another one from version to version.
    of_http = (base for base in HfHubHTTPError.__mro__ if base.__name__ == "HTTPError")
    failures: tuple[type[Exception], ...] = (OSError, LocalEntryNotFoundError, *of_http)

    def get(*, local: bool) -> Path:
        got = snapshot_download(repository, revision=revision, local_files_only=local, allow_patterns=_WANTED)
        return Path(got)

    try:
        found = get(local=True)
        if any(found.glob("*.safetensors")):  # else a download that broke off, or only the tokeniser was wanted then
            return found
    except LocalEntryNotFoundError:
        pass
    if offline:
        raise ModelError(
            f"The model {name} is not on this machine, and --offline forbids to fetch it.",
            f"Run once without --offline, or name its folder; from elsewhere: hf download {repository}",
        )
    tell(f"fetching {name} from the Hugging Face hub")
    try:
        return get(local=False)
    except RepositoryNotFoundError as error:
        raise ModelError(
            f"The hub has no model {repository}, or it is not public.", "Check its name; a folder must exist."
        ) from error
    except failures as error:
        raise ModelError(
            f"The model {name} is not on this machine and could not be fetched: {_first_line(error)}",
            f"Try again with a network, or bring its folder from elsewhere (hf download {repository}) and name it.",
        ) from error


def _checked(files: ModelFiles, config: str, weights: str, what: str) -> ModelFiles:
    if not (files.folder / config).is_file():
        other = " It holds an adapter." if (files.folder / ADAPTER_CONFIG).is_file() else ""
        raise ModelError(
            f"{files.name} is no {what}: {files.folder} has no {config}.{other}",
            f"Name the folder of the {what}, the one with {config}.",
        )
    if not any(files.folder.glob(weights)):
        raise ModelError(
            f"{files.folder} has no weights ({weights}).",
            "litgraph reads weights in safetensors form only, because other forms can run programs.",
        )
    return files


def _fingerprint(folder: Path) -> str:
    """Of configuration and weights; of large files their size and pieces from all over them."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        if path.suffix not in (".json", ".safetensors", ".jinja", ".model") or not path.is_file():
            continue
        size = path.stat().st_size
        digest.update(f"{path.name} {size} ".encode())
        with path.open("rb") as file:
            if size <= 64 * _SAMPLE:
                digest.update(file.read())
                continue
            for number in range(_SAMPLES):
                file.seek(number * (size - _SAMPLE) // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:12]


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}.", "Fetch the model again.") from error
    return value if isinstance(value, dict) else {}


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
