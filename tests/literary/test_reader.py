"""The reader's contract, on a network that knows nothing: shapes, order, identity, storage, linear time."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from litgraph import literary
from litgraph.corpora.mobility import Context
from litgraph.errors import ModelError
from litgraph.literary import TokenMention
from litgraph.literary.network.features import (
    POSITIONS,
    RELATIONS,
    antecedent_features,
    antecedent_pairs,
    in_text_order,
    mention_table,
    neighbours,
    relation_class,
    relation_of_class,
    relation_pairs,
    words_around,
)
from litgraph.literary.network.heads import WIDEST, spans_of_sentences
from litgraph.literary.network.windows import windows
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.storage import save_reader, untrained_reader
from litgraph.literary.types import SPATIAL, Thresholds
from litgraph.ontology import symmetric

SENTENCES = [
    ["Emma", "Woodhouse", "loved", "her", "sister", "Isabella", "."],
    ["“", "I", "miss", "her", ",", "”", "said", "Emma", "."],
    ["Mr.", "Woodhouse", "was", "at", "Hartfield", "."],
]
EMMA = TokenMention(0, 0, 1, "PER", "name")
HER = TokenMention(0, 3, 3, "PER", "pronoun")
HER_SISTER = TokenMention(0, 3, 4, "PER", "noun")
ISABELLA = TokenMention(0, 5, 5, "PER", "name")
EMMA_AGAIN = TokenMention(1, 7, 7, "PER", "name")
HARTFIELD = TokenMention(2, 4, 4, "FAC", "name")
MENTIONS = [EMMA, HER_SISTER, HER, ISABELLA, EMMA_AGAIN, HARTFIELD]


@pytest.fixture(scope="module")
def reader(tiny_base: Path) -> LiteraryReader:
    torch.manual_seed(3)
    # Thresholds at which even a network that knows nothing says something.
    return LiteraryReader(
        untrained_reader(tiny_base).network,
        untrained_reader(tiny_base).pieces,
        Thresholds(mention=0.05, relation=0.3, fact=0.001),
    )


def test_a_reading_holds_what_it_promises(reader: LiteraryReader) -> None:
    reading = reader.read_tokens(SENTENCES)
    assert reading.mentions and reading.mentions == in_text_order(reading.mentions)
    for mention in reading.mentions:
        assert 0 <= mention.first <= mention.last < len(SENTENCES[mention.sentence])
        assert 0 < mention.score < 1
    clustered = [mention for cluster in reading.clusters for mention in cluster]
    assert sorted(clustered) == sorted(reading.mentions) and len(set(clustered)) == len(clustered)
    certain = dict(zip(reading.mentions, reading.certainties, strict=True))
    for mention, certainty in certain.items():
        assert 0 < certainty <= 1.0001
        assert certainty == 1 or mention.form != "name"
    assert all(certain[cluster[0]] == 1 for cluster in reading.clusters)
    cluster_of = {mention: index for index, cluster in enumerate(reading.clusters) for mention in cluster}
    for relation in reading.relations:
        assert relation.label in RELATIONS and 0 < relation.confidence < 1
        assert cluster_of[relation.head] != cluster_of[relation.tail]


QUOTATIONS = [((1, 0), (1, 5))]


def test_antecedents_stand_before_and_are_probabilities(reader: LiteraryReader) -> None:
    reading = reader.read_tokens(SENTENCES)
    assert len(reading.antecedents) == len(reading.mentions)
    for index, shares in enumerate(reading.antecedents):
        assert all(0 <= earlier < index and 0 < share <= 1 for earlier, share in shares)
        assert sum(share for _, share in shares) < 1.01
        assert [share for _, share in shares] == sorted((share for _, share in shares), reverse=True)
    assert any(reading.antecedents)


def test_given_mentions_and_quotations_are_read_as_they_are(reader: LiteraryReader) -> None:
    reading = reader.read_tokens(SENTENCES, mentions=MENTIONS[::-1], quotations=QUOTATIONS, paragraphs=[0, 1, 2])
    assert reading.mentions == in_text_order(MENTIONS)
    (voice,) = reading.voices
    speakers = {reading.mentions[row] for row, _ in voice.speaker.mentions}
    assert speakers and speakers <= {EMMA, HER, HER_SISTER, ISABELLA, EMMA_AGAIN}
    assert voice.speaker.turns == voice.hearer.turns == ()  # there is no other quotation
    found = reader.read_tokens(SENTENCES, quotations=QUOTATIONS, paragraphs=[0, 1, 2])
    assert len(found.voices) == 1 and found.mentions == reader.read_tokens(SENTENCES).mentions


def test_without_quotations_nobody_speaks(reader: LiteraryReader) -> None:
    assert reader.read_tokens(SENTENCES).voices == []
    assert reader.read_tokens(SENTENCES, mentions=[]).mentions == []
    (voice,) = reader.read_tokens(SENTENCES, mentions=[], quotations=QUOTATIONS).voices
    assert voice.speaker.mentions == voice.hearer.mentions == ()


def test_nothing_gives_nothing(reader: LiteraryReader) -> None:
    for empty in ([], [[]], [[], []]):
        reading = reader.read_tokens(empty)
        assert (reading.mentions, reading.clusters, reading.relations) == ([], [], [])
    assert reader.link(SENTENCES, []) == [] and reader.relate(SENTENCES, []) == []
    assert reader.relatedness(SENTENCES, []) == []


def test_given_mentions_are_linked_whatever_their_order(reader: LiteraryReader) -> None:
    clusters = reader.link(SENTENCES, MENTIONS)
    assert sorted(mention for cluster in clusters for mention in cluster) == sorted(MENTIONS)
    assert reader.link(SENTENCES, MENTIONS[::-1]) == clusters


def test_nobody_is_related_to_himself(reader: LiteraryReader) -> None:
    everything = LiteraryReader(reader.network, reader.pieces, Thresholds(fact=0.0))
    together = everything.relate(SENTENCES, MENTIONS, [MENTIONS])
    apart = everything.relate(SENTENCES, MENTIONS, [[mention] for mention in MENTIONS])
    assert together == []
    assert {frozenset((relation.head, relation.tail)) for relation in apart} == {
        frozenset((one, other))
        for one in MENTIONS
        for other in MENTIONS
        if one != other and abs(one.sentence - other.sentence) <= 1
    }


def test_relatedness_does_not_depend_on_the_order_of_a_pair(reader: LiteraryReader) -> None:
    one, other = reader.relatedness(SENTENCES, [(EMMA, ISABELLA), (ISABELLA, EMMA)])
    assert one == pytest.approx(other) and 0 < one < 1


def test_a_judgement_answers_each_pair_in_its_place(reader: LiteraryReader) -> None:
    pairs = [(HARTFIELD, EMMA_AGAIN), (EMMA, ISABELLA), (HER, HER_SISTER)]
    everything = LiteraryReader(reader.network, reader.pieces, Thresholds(relation=0.0))
    for pair, found in zip(pairs, everything.judge(SENTENCES, pairs), strict=True):
        assert found and {found.head, found.tail} == set(pair) and 0 < found.confidence < 1
    nothing = LiteraryReader(reader.network, reader.pieces, Thresholds(relation=1.0))
    assert nothing.judge(SENTENCES, pairs) == [None, None, None] and nothing.judge(SENTENCES, []) == []


def test_places_are_answered_one_by_one(reader: LiteraryReader) -> None:
    context = Context(("Emma", "walked", "to", "Hartfield", "."), (0, 0), (3, 3))
    reverse = Context(("His", "house", "pleased", "him", "."), (0, 0), (0, 1))
    answers = reader.locate([context, reverse, context])
    assert len(answers) == 3 and answers[0].valid == pytest.approx(answers[2].valid, abs=1e-3)
    for answer in answers:
        assert 0 < answer.valid < 1 and list(answer.spatial) == list(SPATIAL)
        assert sum(answer.spatial.values()) == pytest.approx(1)
    assert reader.locate([]) == []


def test_windows_encoded_together_are_encoded_as_if_alone(reader: LiteraryReader) -> None:
    many = [sentence for _ in range(40) for sentence in SENTENCES]
    cut = list(windows(many, reader.pieces))
    assert len(cut) > 3
    with torch.no_grad():
        together, alone = reader.network.encoder(cut), torch.cat([reader.network.encoder([one]) for one in cut])
    assert len(together) == 40 * sum(map(len, SENTENCES))
    assert torch.allclose(together, alone, atol=1e-5)


def test_a_text_is_encoded_once(reader: LiteraryReader, monkeypatch: pytest.MonkeyPatch) -> None:
    own = LiteraryReader(reader.network, reader.pieces, reader.thresholds)
    reading = own.read_tokens(SENTENCES)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("encoded again")

    monkeypatch.setattr(own, "_encoded", never)
    assert own.read_tokens([list(sentence) for sentence in SENTENCES]) == reading
    assert own.link(SENTENCES, MENTIONS)
    with pytest.raises(AssertionError, match="encoded again"):
        own.read_tokens(SENTENCES[:2])


def test_of_equal_windows_one_is_encoded(reader: LiteraryReader, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [sentence for number in range(60) for sentence in ([["Emma", str(number), "."], *SENTENCES])]
    again = many * 3
    cut = list(windows([["the"] * 5000, *again], reader.pieces))
    assert len({window.key for window in cut}) < len(cut)
    with torch.no_grad():
        wanted = torch.cat([reader.network.encoder([window]) for window in cut])
    encoded: list[int] = []
    quick = reader._quick()
    monkeypatch.setattr(reader, "_quick", lambda: lambda batch: (encoded.append(len(batch)), quick(batch))[1])
    assert torch.allclose(reader._encoded(cut), wanted, atol=0.1)
    assert sum(encoded) == len({window.key for window in cut})


def test_a_saved_reader_reads_the_same(reader: LiteraryReader, tmp_path: Path) -> None:
    save_reader(reader, tmp_path / "first")
    reader = literary.load(tmp_path / "first")  # what the file keeps of the numbers
    save_reader(reader, tmp_path / "reader")
    assert sorted(path.name for path in (tmp_path / "reader").iterdir()) == [
        "model.safetensors",
        "reader.json",
        "tokenizer.json",
    ]
    again = literary.load(tmp_path / "reader")
    assert again.thresholds == reader.thresholds and again.name == reader.name
    assert again.read_tokens(SENTENCES) == reader.read_tokens(SENTENCES)


def test_a_folder_without_a_reader_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.safetensors cannot be read") as error:
        literary.load(tmp_path)
    assert "litgraph train reader" in error.value.hint
    for name in ("reader.json", "tokenizer.json", "model.safetensors"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="no whole reader"):
        literary.load(tmp_path)


def test_features_of_names_and_nesting() -> None:
    ordered = in_text_order(MENTIONS)
    assert ordered == [EMMA, HER_SISTER, HER, ISABELLA, EMMA_AGAIN, HARTFIELD]
    table = mention_table(SENTENCES, ordered)
    pairs = antecedent_pairs(table, 0, len(table), reach=10)
    known = antecedent_features(table, pairs).flags.bool().tolist()
    flags = {
        (later, earlier): row
        for later, earlier, row in zip(pairs.later.tolist(), pairs.earlier.tolist(), known, strict=True)
    }
    assert len(flags) == 15
    same_words, same_last_word, share_word, contained, nested = flags[4, 0]  # Emma ~ Emma Woodhouse
    assert (same_words, same_last_word, share_word, contained, nested) == (False, False, True, True, False)
    assert flags[2, 1] == [False, False, False, False, True]  # her in her sister
    assert flags[3, 0] == [False] * 5  # Isabella ~ Emma Woodhouse
    assert table.quoted.tolist() == [0, 0, 0, 0, 0, 0]


def test_spans_are_all_those_within_a_sentence() -> None:
    sentence = torch.tensor([0] * 3 + [1] * (WIDEST + 2))
    start, end = spans_of_sentences(sentence)
    naive = [
        (i, j)
        for i in range(len(sentence))
        for j in range(i + 1, len(sentence) + 1)
        if sentence[i] == sentence[j - 1] and j - i <= WIDEST
    ]
    assert list(zip(start.tolist(), end.tolist(), strict=True)) == naive


def test_the_words_around_a_pair_come_once_and_know_their_places() -> None:
    table = mention_table(SENTENCES, [HER_SISTER, HER, HARTFIELD])
    pairs = relation_pairs(table, torch.tensor([0, 0]), torch.tensor([1, 2]))
    words, real, places = words_around(pairs, 22, before=2, after=3)
    nested = [int(word) for word, there in zip(words[0], real[0], strict=True) if there]
    assert nested == [1, 2, 3, 4, 5]  # "loved [[her] sister] Isabella" and its neighbours
    apart = [int(word) for word, there in zip(words[1], real[1], strict=True) if there]
    assert apart == [1, 2, 3, 4, 5, 18, 19, 20, 21]
    here = POSITIONS // 2
    assert places[0, 0, :5].tolist() == [here - 2, here - 1, here, here, here + 1]  # to "her sister"
    assert places[1, 0, :5].tolist() == [here - 2, here - 1, here, here + 1, here + 2]  # to "her"


def test_neighbours_agree_with_the_naive_way() -> None:
    ordered = in_text_order(MENTIONS)
    table = mention_table(SENTENCES, ordered)
    for reach in (0, 1, 2):
        earlier, later = neighbours(table, sentences=reach)
        naive = [
            (i, j)
            for i, one in enumerate(ordered)
            for j, other in enumerate(ordered)
            if i < j and other.sentence - one.sentence <= reach
        ]
        assert list(zip(earlier.tolist(), later.tolist(), strict=True)) == naive


def test_relation_classes_and_back() -> None:
    seen = set()
    for label in RELATIONS:
        for forward in (True, False):
            number = relation_class(label, head_is_earlier=forward)
            assert 0 <= number < 2 * len(RELATIONS)
            assert relation_of_class(number) == (label, forward or symmetric(label))
            seen.add(number)
    assert len(seen) == 2 * len(RELATIONS) - sum(symmetric(label) for label in RELATIONS)
