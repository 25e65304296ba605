"""The page in a real browser: what a person sees and does, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx
import pytest
from browser import Tab, save
from graphs import HOSTILE, hostile_graph, prepared
from large_graph import large_graph
from novel_page import Novel, sides, two

import litgraph
from litgraph.pages.making import page_of
from litgraph.types import Chapter, Mention, Span
from litgraph.view.page.contents import PageText, contents
from litgraph.view.page.document import document

pytestmark = pytest.mark.browser


def test_hostile_names_are_only_names(tab: Tab, tmp_path: Path) -> None:
    for text in ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--<script>", *HOSTILE):
        address = save(tmp_path, page_of(hostile_graph(text, text, text)))
        page = tab.open(f"{address}#mr-wickham--the-militia")
        assert page.locator("#card blockquote").count() == 1, text
        for view in ("matrix", "storyline", "presence", "text", "network"):
            page.click(f"[data-view={view}]")
        page.evaluate("document.querySelector('#card h2 a').click()")  # a name may be nothing that one could hit
        assert page.locator("#card .is").inner_text().startswith("character"), text
        assert page.locator("img, iframe, body script:not(#contents):not([type=module])").count() == 0, text
        assert {one.partition("#")[0] for one in tab.requests if one != "about:blank"} == {address}


def test_the_page_asks_nothing_of_anybody(tab: Tab, novel: Novel) -> None:
    page = tab.open(novel.address)
    for view in ("matrix", "storyline", "presence", "text", "network"):
        page.click(f"[data-view={view}]")
    assert [one for one in tab.requests if one != "about:blank"] == [novel.address]
    assert "Save SVG" in tab.shown() and "names," in tab.shown()


def test_somebody_is_found_by_another_name_with_the_keyboard(tab: Tab, novel: Novel) -> None:
    page = tab.open(novel.address)
    page.keyboard.press("/")
    page.keyboard.type("lizzy")
    page.wait_for_selector("#found li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("#card h2") == "Elizabeth Bennet"
    assert page.url.endswith("#elizabeth-bennet")
    assert "Also called" in page.inner_text("#card") and "Lizzy" in page.inner_text("#card")
    page.keyboard.press("Escape")
    assert not page.is_visible("#card") and "#" not in page.url.partition(".html")[2]


def test_an_address_leads_to_two_and_what_is_between_them(tab: Tab, novel: Novel) -> None:
    page = tab.open(f"{novel.address}#jane-bennet--elizabeth-bennet")
    card = page.inner_text("#card")
    assert "brother or sister" in card and "confidence" in card and "sister of" in card
    ends = page.locator("#card .proofs.kin blockquote >> nth=0").locator("a.end").all_inner_texts()
    assert {"Jane Bennet", "Elizabeth Bennet"} <= set(ends)


def test_nothing_of_later_chapters_is_shown(tab: Tab, novel: Novel) -> None:
    page = tab.open(f"{novel.address}?until=1#elizabeth-bennet")
    card = page.inner_text("#card")
    assert "Elizabeth" in card and "Lizzy" not in card
    page.click("[data-view=text]")
    page.wait_for_selector(".chunk p")
    text = page.inner_text("#view")
    assert "earliest of those who waited" in text and "danced" not in text and "CHAPTER II" not in text
    page.fill("#search", "lizzy")
    assert page.locator("#found li").count() == 0
    page.locator("#until").focus()
    page.keyboard.press("ArrowRight")
    assert "until=2" in page.url
    page.wait_for_selector("#view:has-text('danced')")
    assert "Lizzy" in page.inner_text("#card") and "married" not in page.inner_text("#view")


def test_nothing_of_later_chapters_stands_anywhere(tab: Tab, novel: Novel) -> None:
    everything = """() => {
        const body = document.body.cloneNode(true);
        body.querySelectorAll("script, option[hidden]").forEach((one) => one.remove());
        return body.outerHTML;
    }"""
    page = tab.open(f"{novel.address}?until=2")
    cards = ["", "#elizabeth-bennet", "#mr-darcy", "#mr-darcy--elizabeth-bennet", "#netherfield"]
    for card in cards:
        page.evaluate("card => { location.hash = card; }", card)
        for view in ("network", "matrix", "storyline", "presence", "text"):
            page.click(f"[data-view={view}]")
            page.wait_for_timeout(50)
            shown = page.evaluate(everything)
            for later in ("married", "brother of", "spouse", "husband", "CHAPTER III", "lived in"):
                assert later not in shown, (card, view, later)
    page.fill("#search", "Lizzy")
    assert page.locator("#found li").count() == 1
    page.locator("#until").fill("3")
    assert "CHAPTER III" in page.evaluate(everything)


def test_the_chapter_that_is_read_is_printed(tab: Tab, novel: Novel) -> None:
    page = tab.open(f"{novel.address}?view=text")
    page.select_option(".toolbar select", index=1)
    page.locator(".toolbar select").evaluate("box => { box.selectedIndex = 1; }")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    text = page.inner_text("#view")
    assert "Lizzy danced" in text and "waited on Mr. Bingley" not in text
    for part in ("#filters", "#chapters", ".toolbar", "nav"):
        assert not page.is_visible(part), part


def test_the_keyboard_comes_back_to_where_it_was(tab: Tab, novel: Novel) -> None:
    page = tab.open(novel.address)
    for view in ("network", "matrix"):
        page.click(f"[data-view={view}]")
        page.locator("#view canvas").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "card"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.tagName") == "CANVAS", view
        assert not page.is_visible("#card")


def test_a_proof_is_read_in_its_place_and_a_name_leads_to_its_card(tab: Tab, novel: Novel) -> None:
    page = tab.open(f"{novel.address}#jane-bennet--elizabeth-bennet")
    page.click("#card .kin >> text=read it there >> nth=0")
    page.wait_for_selector("mark.proof")
    assert page.locator("#view mark.proof >> nth=0").is_visible()
    assert page.locator(".toolbar select").evaluate("box => box.selectedOptions[0].text").startswith("CHAPTER I")
    page.click("#view .chunk a >> text=Mr. Darcy >> nth=0")
    assert page.inner_text("#card h2") == "Mr. Darcy"
    assert page.locator("#view .speaker").count() > 0


def test_the_storyline_says_who_is_with_whom_and_leads_on(tab: Tab, novel: Novel) -> None:
    page = tab.open(novel.address)
    page.click("[data-view=storyline]")
    everybody = page.locator("#view svg a").all_text_contents()
    assert {"Elizabeth Bennet", "Mr. Darcy", "Victor Lebrun"} <= set(everybody)
    together = " ".join(page.locator("#view svg g[role=img] title").all_text_contents())
    assert "Netherfield" in together and "CHAPTER III" in together
    page.click("#view svg a:has-text('Mr. Darcy')")
    assert page.inner_text("#card h2") == "Mr. Darcy"
    page.locator("#view svg .stop:has(title:has-text('Elizabeth Bennet, CHAPTER II:')) circle").click()
    page.wait_for_selector("#view h2 >> text=CHAPTER II")
    assert page.inner_text("#card h2") == "Elizabeth Bennet"
    page.click("[data-view=storyline]")
    page.locator("#until").fill("1")
    said = page.locator("#view svg").text_content() or ""
    assert "Elizabeth" in said and "CHAPTER I:" in said and "CHAPTER II" not in said


@pytest.mark.parametrize(("view", "told"), [("matrix", "passage"), ("presence", "mention")])
def test_tables_are_walked_with_the_keyboard(tab: Tab, novel: Novel, view: str, told: str) -> None:
    page = tab.open(novel.address)
    page.click(f"[data-view={view}]")
    page.locator("#view canvas").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    for _ in range(5):
        if told in page.inner_text("#status"):
            break
        page.keyboard.press("ArrowRight")
    assert told in page.inner_text("#status")
    page.keyboard.press("Enter")
    assert page.is_visible("#card h2")


def test_what_is_shown_can_be_chosen(tab: Tab, novel: Novel) -> None:
    page = tab.open(novel.address)

    def shown() -> str:
        return str(page.inner_text("#filters summary"))

    before = shown()
    page.click("#filters summary")
    page.click("text=who meets whom")
    assert shown() != before
    page.click("text=who meets whom")
    assert shown() == before
    page.click("label:has-text('kin') input >> nth=0")
    assert shown() != before
    page.locator("label:has-text('confidence from') input").fill("1")
    assert shown().endswith("0 names, 0 lines")


def test_the_network_is_walked_with_the_keyboard(tab: Tab, tmp_path: Path) -> None:
    page = tab.open(save(tmp_path, page_of(two())))
    page.locator("canvas.network").focus()
    page.keyboard.press("ArrowRight")
    assert "character, 1 line" in page.inner_text("#status")
    page.keyboard.press("Enter")
    first = page.inner_text("#card h2")
    for key in ("ArrowLeft", "ArrowRight"):
        page.locator("canvas.network").focus()
        page.keyboard.press(key)
    page.keyboard.press("+")
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    assert {first, page.inner_text("#card h2")} <= {"Emma", "Harriet"}


def test_the_network_is_clicked_and_zoomed(tab: Tab, tmp_path: Path) -> None:
    page = tab.open(save(tmp_path, page_of(two())))
    left, right = sides(page)
    page.mouse.click(*left)
    first = page.inner_text("#card h2")
    assert first in ("Emma", "Harriet")
    page.click("[aria-label='Close the card']")
    page.mouse.click((left[0] + right[0]) / 2, left[1])
    assert page.inner_text("#card h2") in ("Emma and Harriet", "Harriet and Emma")
    assert "They were friends." in page.inner_text("#card")
    page.click("[aria-label='Close the card']")
    page.mouse.move(*left)
    page.mouse.wheel(0, -600)
    page.wait_for_timeout(100)
    page.mouse.click(*left)
    assert page.inner_text("#card h2") == first, "it is zoomed around the pointer"
    page.keyboard.press("Escape")
    page.mouse.click(*right)
    assert " and " in page.inner_text("#card h2"), "the other has left the window, the line to her is here"


@pytest.mark.parametrize("view", ["network", "matrix", "storyline", "presence"])
def test_what_is_seen_is_saved(tab: Tab, tmp_path: Path, view: str) -> None:
    page = tab.open(save(tmp_path, page_of(hostile_graph("Tom & <Jerry> \ud800\x01", "“J”", "x"))))
    page.click(f"[data-view={view}]")
    for ending in ("svg", "png"):
        with page.expect_download() as download:
            page.click(f"[data-save={ending}]")
        path = tmp_path / f"saved.{ending}"
        download.value.save_as(path)
        assert download.value.suggested_filename.endswith(f"-{view}.{ending}")
        if ending == "svg":
            words = " ".join(ElementTree.parse(path).getroot().itertext())
            assert "Elizabeth Bennet" in words and "Tom & <Jerry>" in words
        else:
            assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 2000


def test_a_book_of_a_thousand_pages_stays_small_in_the_document(tab: Tab, tmp_path: Path) -> None:
    paragraph = "Emma Woodhouse, handsome, clever, and rich, seemed to unite the best blessings of existence. " * 5
    count = 6000
    text = "\n\n".join([paragraph.strip()] * count)
    width = len(paragraph.strip()) + 2
    spans = [Span(number * width, number * width + width - 2) for number in range(count)]
    mentions = [
        Mention(f"m{number}", span.start, span.start + 14, "Emma Woodhouse", "PER", "name", number, 1, "emma")
        for number, span in enumerate(spans)
    ]
    graph = networkx.MultiDiGraph(title="Long")
    graph.add_node("emma", kind="character", name="Emma Woodhouse", aliases=["Emma Woodhouse"], mentions=count)
    middle = spans[3000].start
    chapters = [Chapter(1, "One", 0, middle), Chapter(2, "Two", middle, len(text))]
    page = tab.open(save(tmp_path, document(contents(graph, PageText(text, chapters, spans, mentions)))))
    page.click("[data-view=text]")
    page.wait_for_selector(".chunk p")

    def paragraphs() -> int:
        return int(page.locator(".chunk p, .chunk h2").count())

    assert 0 < paragraphs() < 150
    page.click("text=Next →")
    page.wait_for_timeout(300)
    assert page.locator(".toolbar select").evaluate("box => box.selectedOptions[0].text") == "Two"
    page.locator(".text").evaluate("box => box.scrollTo(0, box.scrollHeight)")
    page.wait_for_timeout(500)
    assert 0 < paragraphs() < 200


def test_five_thousand_nodes_are_drawn_and_found(tab: Tab, tmp_path: Path) -> None:
    page = tab.open(save(tmp_path, page_of(large_graph(5000, 50_000))))
    page.fill("input[type=search]", "Nobody 4321")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.includes('n4321')")
    assert "Nobody 4321" in tab.shown() and not tab.errors


@pytest.mark.parametrize("view", ["network", "matrix", "storyline", "presence", "text"])
def test_a_phone_is_wide_enough(tab: Tab, novel: Novel, view: str) -> None:
    tab.page.set_viewport_size({"width": 360, "height": 700})
    page = tab.open(f"{novel.address}#elizabeth-bennet")
    page.click(f"[data-view={view}]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for part in ("#view", "#card", "#search", "#until"):
        box = page.locator(part).bounding_box()
        assert box["width"] > 80 and box["height"] > 10 and box["x"] + box["width"] <= 361, part


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, novel: Novel, scheme: str) -> None:
    axe = (prepared("node_modules") / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    # The policy of the page would not let the checker in.
    tab = Tab(browser, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")  # no colour on its way
    page = tab.open(f"{novel.address}#elizabeth-bennet")
    page.click("#filters summary")
    page.evaluate(axe)
    for view in ("network", "matrix", "storyline", "presence", "text"):
        page.click(f"[data-view={view}]")
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        wrong = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
        assert wrong == [], view
    tab.context.close()


def test_a_notebook_shows_it_in_a_frame(tab: Tab, novel: Novel) -> None:
    tab.page.set_content(litgraph.show(novel.runs.folder)._repr_html_())
    frame = tab.page.frame_locator("iframe")
    frame.locator("#search").fill("Lizzy")
    frame.locator("#found li >> nth=0").click()
    assert frame.locator("#card h2").inner_text() == "Elizabeth Bennet"
    frame.locator("#card li a >> nth=0").click()
    assert " and " in frame.locator("#card h2").inner_text()
    assert [one for one in tab.requests if not one.startswith("about:")] == []


def test_unknown_addresses_do_no_harm(tab: Tab, novel: Novel) -> None:
    for address in ("#nobody", "#a--b", "#%E0%A4%A", "?until=999", "?until=x", f"#{quote('<b>')}"):
        page = tab.open(f"{novel.address}{address}")
        assert not page.is_visible("#card")
