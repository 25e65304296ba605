"""Settings: file < environment < options, and clear errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.config import Settings, load_settings
from litgraph.errors import SettingsError


def test_defaults_without_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(environment={}) == Settings()


def test_later_sources_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "litgraph.toml").write_text("window = 2\nminimum_confidence = 0\n", encoding="utf-8")
    assert load_settings(environment={}).window == 2
    environment = {"LITGRAPH_WINDOW": "3"}
    assert load_settings(environment=environment).window == 3
    chosen = load_settings({"window": 4, "labeller": None}, environment=environment)
    assert (chosen.window, chosen.minimum_confidence, chosen.labeller) == (4, 0, "literary")


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("True", True), ("0", False), ("no", False)])
def test_yes_and_no_in_the_environment(text: str, value: bool) -> None:
    assert load_settings(environment={"LITGRAPH_OFFLINE": text}).offline is value
    with pytest.raises(SettingsError, match="true or false"):
        load_settings(environment={"LITGRAPH_OFFLINE": "perhaps"})


@pytest.mark.parametrize("mentions", ["literary", "literary:C:\\readers\\mine", "spacy:de_core_news_sm"])
def test_who_may_find_the_mentions(mentions: str) -> None:
    assert Settings(mentions=mentions).mentions == mentions


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("window = 9", "1 to 5"),
        ("window = 2.5", "whole number"),
        ("window = true", "whole number"),
        ("widnow = 2", "unknown setting 'widnow'"),
        ('labeller = "oracle"', "no labeller"),
        ('mentions = "en_core_web_sm"', "spacy:NAME"),
        ('mentions = "spacy:"', "spacy:NAME"),
        ('mentions = "literary:"', "literary:FOLDER"),
        ('mentions = "literal"', "literary"),
        ("minimum_confidence = 2", "0 to 1"),
        ("typed = 1", "true or false"),
        ("context = 6", "1 to 5"),
        ('precision = "int8"', "nf4"),
        ('prompt_style = "card:2"', "training:9"),
        ('filter = "literary:"', "literary:FOLDER"),
        ('base_url = "http://me:secret@host/v1"', "LITGRAPH_API_KEY"),
        ("window = ", "not TOML"),
        ("window = " + "9" * 5000, "not TOML"),
    ],
)
def test_a_bad_file_is_told_with_its_name(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "my.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load_settings(file=file, environment={})
    assert told in str(error.value)


def test_a_file_that_is_not_there_and_a_variable_that_is_no_number(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"missing\.toml"):
        load_settings(file=tmp_path / "missing.toml")
    with pytest.raises(SettingsError, match="LITGRAPH_WINDOW=many"):
        load_settings(environment={"LITGRAPH_WINDOW": "many"})
