"""Settings such as "literary:FOLDER": read in one place, from the table of what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.choices import ModuleRow, chosen, spellings
from litgraph.errors import SettingsError
from litgraph.literary.version import PACKAGED
from litgraph.mentions.finder import FINDERS, choose_finder
from litgraph.relations.asking.filter import choose_filter
from litgraph.relations.choice import LABELLERS, LabellerRow, choose_labeller


@pytest.mark.parametrize(
    ("setting", "name", "argument"),
    [
        ("literary", "literary", ""),
        ("literary:mine", "literary", "mine"),
        ("literary:C:\\readers\\mine", "literary", "C:\\readers\\mine"),
        ("spacy:de_core_news_sm", "spacy", "de_core_news_sm"),
    ],
)
def test_a_setting_in_its_parts(setting: str, name: str, argument: str) -> None:
    assert chosen(setting, FINDERS, key="mentions", what="source of mentions") == (name, argument)


@pytest.mark.parametrize("setting", ["", "spacy", "spacy:", "literary:", "literal", " literary"])
def test_what_the_table_has_not_is_refused_with_all_that_it_has(setting: str) -> None:
    with pytest.raises(SettingsError, match="is no source of mentions") as error:
        chosen(setting, FINDERS, key="mentions", what="source of mentions")
    assert error.value.hint == "Write literary, literary:FOLDER or spacy:NAME."


def test_a_new_row_is_in_every_hint() -> None:
    table = {**LABELLERS, "oracle": LabellerRow("delphi", "knows all", takes="QUESTION", alone=False)}
    assert spellings(table)[-1] == "oracle:QUESTION"
    with pytest.raises(SettingsError, match="no labeller") as error:
        chosen("pythia", table, key="labeller", what="labeller")
    assert error.value.hint.endswith("classifier, endpoint or oracle:QUESTION.")
    only = {"one": ModuleRow("somewhere", "the only one")}
    with pytest.raises(SettingsError) as error:
        chosen("two", only, key="mentions", what="finder")
    assert error.value.hint == "Write one."


def test_every_row_names_a_module_that_can_choose() -> None:
    from importlib import import_module

    for row in (*LABELLERS.values(), *FINDERS.values()):
        assert callable(import_module(row.module).choose), row
        assert row.meaning


def test_the_readers_files_are_read_once_for_finder_labeller_and_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    from litgraph.literary import version

    version._version.cache_clear()
    reads: list[Path] = []
    read = Path.read_bytes

    def counted(path: Path) -> bytes:
        reads.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    versions = {choose_finder().version, choose_labeller().version, choose_filter("literary").version}
    assert len(versions) == 1
    assert choose_labeller().load("", []).name in versions
    assert sum(path == PACKAGED / "model.safetensors" for path in reads) == 1


def test_a_reader_that_was_trained_anew_has_another_version(tmp_path: Path) -> None:
    for name in ("model.safetensors", "reader.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    before = choose_finder(f"literary:{tmp_path}").version
    (tmp_path / "model.safetensors").write_bytes(b"{ }")
    assert choose_finder(f"literary:{tmp_path}").version != before
