"""The language of a text, told by its commonest words; and nothing where nothing can be told."""

from __future__ import annotations

import pytest

from litgraph.reading.language import likely_language

TEXTS = {
    "en": "She was not the woman to sit at home, and he knew it, for they had been there on the day that it was done.",
    "fr": "Elle ne savait pas que la maison était dans une rue qui menait au port, et il ne le lui dit pas plus.",
    "de": "Sie wusste nicht, dass das Haus in der Straße stand, und er sagte es ihr auch nicht, als sie mit ihm ging.",
    "es": "No sabía que la casa estaba en una calle del puerto, y él no se lo dijo, pero le dio las llaves como pudo.",
    "it": "Non sapeva che la casa era nella via del porto, ma lo disse alla donna con gli occhi più che con il cuore.",
    "nl": "Zij wist niet dat het huis in de straat van de haven stond, en hij zei het haar ook niet, maar ik was er.",
    "sv": "Hon visste inte att huset var på gatan, och han hade inte sagt det till henne, men jag var där med den.",
    "fi": "Hän ei tiennyt, että talo oli kadun varrella, mutta se on niin kuin minä sen sanoin, ja nyt hän on vaan.",
    "ru": "Она не знала, что дом стоит на улице, и он ей этого не сказал, но она пошла с ним.",
    "el": "Δεν ήξερε ότι το σπίτι ήταν στον δρόμο, και εκείνος δεν της το είπε.",
    "ja": "彼女はその家が通りにあることを知らなかった。彼も言わなかった。",
    "zh": "她不知道那所房子在街上他也没有告诉她她和他一起走了",
}


@pytest.mark.parametrize("code", TEXTS)
def test_languages(code: str) -> None:
    assert likely_language(f"{TEXTS[code]} " * 40) == code


@pytest.mark.parametrize("text", ["", "She was late.", "xyzzy plugh " * 200, "1 2 3 4 " * 900, "Ab Cd Ef " * 300])
def test_nothing_can_be_told(text: str) -> None:
    assert likely_language(text) == ""


def test_quotations_in_another_language_do_not_count() -> None:
    assert likely_language((TEXTS["en"] * 3 + TEXTS["fr"]) * 400) == "en"
