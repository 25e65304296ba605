"""Reading quickly is reading the same: batches, threads, remembered texts, and no library that nobody needs."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from litgraph.literary.memory import EncodedTexts, text_key
from litgraph.literary.network import inference
from litgraph.literary.network.heads import Words, spans_of_sentences, surroundings
from litgraph.literary.network.inference import QuickEncoder, alone, batches
from litgraph.literary.network.windows import windows
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.storage import untrained_reader
from litgraph.literary.types import Thresholds, TokenMention

SENTENCES = [
    sentence.split()
    for number in range(120)
    for sentence in (f"Emma the {number} th loved her sister Isabella .", "Mr. Woodhouse was at Hartfield .")
]


@pytest.fixture(scope="module")
def reader(tiny_base: Path) -> LiteraryReader:
    torch.manual_seed(5)
    untrained = untrained_reader(tiny_base)
    return LiteraryReader(untrained.network, untrained.pieces, Thresholds(mention=0.05, relation=0.3, fact=0.001))


def test_the_quick_encoder_computes_what_the_encoder_does(
    reader: LiteraryReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = list(windows(SENTENCES, reader.pieces, length=60))
    with torch.no_grad():
        wanted = torch.cat([reader.network.encoder([window]) for window in cut])
    for halves, tolerance in ((False, 1e-4), (True, 0.1)):
        monkeypatch.setattr(inference, "quick_halves", lambda chosen=halves: chosen)
        quick = QuickEncoder(reader.network.encoder)
        together = torch.cat([quick(batch) for batch in batches(cut)])
        assert together.dtype == torch.float32 and torch.allclose(together, wanted, atol=tolerance)
    assert sum(map(len, batches(cut))) == len(cut) > len(list(batches(cut))) > 1
    assert list(batches([])) == []


def test_changed_weights_are_noticed(tiny_base: Path) -> None:
    own = untrained_reader(tiny_base)
    before = own.read_tokens(SENTENCES[:2], relations=False)
    with torch.no_grad():
        for parameter in own.network.encoder.parameters():
            parameter.add_(torch.randn_like(parameter))
    again = LiteraryReader(own.network, own.pieces, own.thresholds).read_tokens(SENTENCES[:3], relations=False)
    after = own.read_tokens(SENTENCES[:3], relations=False)
    assert after == again and [one.score for one in after.mentions] == [one.score for one in again.mentions]
    assert before is not after


def test_one_worker_reads_as_two_do(reader: LiteraryReader, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = []
    for workers in (1, 2):
        monkeypatch.setattr("litgraph.threads.usable_cores", lambda number=workers: number)
        reading = LiteraryReader(reader.network, reader.pieces, reader.thresholds).read_tokens(SENTENCES)
        readings.append((reading, [mention.score for mention in reading.mentions]))
    assert readings[0] == readings[1] and readings[0][0].relations


def test_spans_are_scored_as_if_one_by_one(reader: LiteraryReader) -> None:
    head = reader.network.mentions
    sentence = torch.tensor([0] * 3 + [2] * 30 + [5])
    states = torch.randn(len(sentence), 32, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        quick = head(states, sentence)
        slow = head.judge(states, *spans_of_sentences(sentence))
        nothing = head(states[:0], sentence[:0])
    assert (len(nothing.start), nothing.labels.shape, nothing.forms.shape) == (0, (0, 7), (0, 3))
    order = (quick.start * 100 + quick.end).argsort()
    assert torch.equal(quick.start[order], slow.start) and torch.equal(quick.end[order], slow.end)
    assert torch.allclose(quick.labels[order], slow.labels, atol=1e-4)
    assert torch.allclose(quick.forms[order], slow.forms, atol=1e-4)


def test_pairs_are_judged_by_their_surroundings_alone(reader: LiteraryReader) -> None:
    pairs = [
        (TokenMention(first, 0, 0, "PER", "name"), TokenMention(last, 4, 4, "PER", "noun"))
        for first, last in ((0, 0), (50, 51), (100, 100), (239, 239))
    ]
    related, labels = reader.raw_scores(SENTENCES, pairs)
    for index, pair in enumerate(pairs):
        own_related, own_labels = reader.raw_scores(SENTENCES, [pair])
        assert torch.allclose(own_related[0], related[index], atol=1e-4)
        assert torch.allclose(own_labels[0], labels[index], atol=1e-4)


def test_surroundings_keep_what_is_near(reader: LiteraryReader) -> None:
    from litgraph.literary.network.features import mention_table

    mentions = [TokenMention(number, 0, 1, "PER", "name") for number in range(240)]
    table = mention_table(SENTENCES, mentions)
    count = sum(map(len, SENTENCES))
    words = Words.from_states(torch.arange(count, dtype=torch.float32)[:, None])
    near, moved = surroundings(words, table, torch.tensor([0, 100]), torch.tensor([1, 101]))
    assert len(near.states) < 100 < count
    for row in (0, 1, 100, 101):
        assert near.states[moved.start[row], 0] == table.start[row]
        assert near.states[moved.end[row], 0] == table.end[row]


def test_texts_are_remembered_in_memory_and_beyond_it() -> None:
    texts = {text_key([[str(number)]]): torch.randn(10, 4).bfloat16() for number in range(6)}
    memory = EncodedTexts(in_memory=20, on_disk=30)
    for key, states in texts.items():
        memory.keep(key, states)
    found = [memory.get(key) for key in texts]
    assert [one is not None for one in found] == [True, True, True, False, True, True]  # the fourth found no room
    for one, states in zip(found, texts.values(), strict=True):
        assert one is None or torch.equal(one, states)
    assert memory.get(b"another") is None
    assert text_key([["a", "b"], []]) != text_key([["a"], ["b"]]) != text_key([["ab"]])


def test_a_full_disk_forgets_texts_and_breaks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk(io.FileIO):
        def write(self, data: Any) -> int:
            room = 200 - self.tell()
            if room <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(bytes(data)[:room])

    def temporary_file(buffering: int = -1) -> io.FileIO | io.BufferedRandom:
        file = FullDisk(tmp_path / "full", "w+b")
        return io.BufferedRandom(file) if buffering else file

    monkeypatch.setattr("tempfile.TemporaryFile", temporary_file)
    texts = {text_key([[str(number)]]): torch.randn(10, 4).bfloat16() for number in range(6)}  # of 80 bytes
    memory = EncodedTexts(in_memory=10)
    for key, states in texts.items():
        memory.keep(key, states)
    found = [memory.get(key) for key in texts]
    assert [one is not None for one in found] == [True, True, False, False, False, True]
    assert all(one is None or torch.equal(one, states) for one, states in zip(found, texts.values(), strict=True))


def test_alone_is_over_afterwards() -> None:
    before = torch.get_num_threads()
    with alone():
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == before


def test_a_build_does_not_import_transformers(tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("Chapter 1\n\nEmma smiled at her sister Isabella.\n\nMr. Knightley was at Hartfield.\n", "utf-8")
    program = (
        "import sys; from litgraph.pipeline import build_run; "
        f"build_run({str(novel)!r}, {str(tmp_path / 'run')!r}); print('transformers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "False"
