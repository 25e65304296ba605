"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import kglite  # noqa: F401
import pytest

# First of all: glibc has little room for libraries with thread-local storage, and others (pyarrow) would take it.
import torch

if TYPE_CHECKING:
    from tiny_smollm3 import TinyModel

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Share the processors out among the workers of pytest-xdist, with what they start."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1:
        threads = max(1, (os.cpu_count() or 1) // workers)
        torch.set_num_threads(threads)
        os.environ["OMP_NUM_THREADS"] = str(threads)


def pytest_report_header() -> str:
    """Which database the tests of stores will use."""
    from databases import described

    return f"database: {described()}"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The development data (not part of the repository): $LITGRAPH_DATA, or shared/data beside the checkout."""
    folder = Path(os.environ.get("LITGRAPH_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"development data not found in {folder}; set LITGRAPH_DATA")
    return folder


@pytest.fixture(scope="session")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder of the book that ships with litgraph. Tests that change it copy it first."""
    from litgraph.config import Settings
    from litgraph.pipeline import build_run

    folder = tmp_path_factory.mktemp("runs") / "alice"
    build_run("pg11", folder, settings=Settings())
    return folder


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base model small enough for tests: a random BERT of two layers and a tokeniser of letters."""
    import string

    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("base")
    letters = string.ascii_lowercase + string.digits + string.punctuation
    vocabulary = {token: index for index, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])}
    for letter in letters:
        vocabulary.setdefault(letter, len(vocabulary))
        vocabulary.setdefault(f"##{letter}", len(vocabulary))
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.enable_padding(length=16)  # as all-MiniLM-L6-v2's own file does
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """Models of a test's size are quicker on one processor than on several that wait for each other."""

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny_smollm3(tmp_path_factory: pytest.TempPathFactory) -> TinyModel:
    """A double of SmolLM3-3B that answers with labels, and an adapter that changes what it says. Not to be changed."""
    import warnings

    import tiny_smollm3

    folder = tmp_path_factory.mktemp("smollm3")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # peft's, of what transformers has renamed
        base = tiny_smollm3.make_base(folder / "base")
        tiny_smollm3.teach(base)
        adapter = tiny_smollm3.make_adapter(base, folder / "adapter")
    return tiny_smollm3.TinyModel(base, adapter)
