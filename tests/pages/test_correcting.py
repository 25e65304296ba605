"""The served page takes corrections: in a real browser, what is written and what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx
import pytest
from browser import Tab
from novel_page import Novel, sides, two

from litgraph.pages.server import PageServer

pytestmark = pytest.mark.browser


def test_a_correction_is_made_and_built_in(tab: Tab, novel: Novel, served: PageServer) -> None:
    page = tab.open(f"{served.url}#mr-darcy")
    page.click("#card summary >> text=Correct")
    page.fill("#card form[aria-label=Name] input", "Fitzwilliam Darcy")
    page.click("text=Rename")
    page.wait_for_selector("text=1 correction to be built in")
    assert 'name = "Fitzwilliam Darcy"' in novel.runs.read("cast.toml")
    page.click("text=Undo")
    page.wait_for_selector("text=No corrections")
    assert "Fitzwilliam" not in novel.runs.read("cast.toml")
    page.click("text=Rename")
    page.wait_for_selector("text=1 correction to be built in")
    page.click("text=Rebuild")
    page.wait_for_selector("#card h2:has-text('Fitzwilliam Darcy')")
    assert novel.runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
    assert {one.split("/")[2] for one in tab.requests if one != "about:blank"} == {served.hosts[0]}


def test_a_wrong_fact_is_denied(tab: Tab, novel: Novel, served: PageServer) -> None:
    page = tab.open(f"{served.url}#jane-bennet--elizabeth-bennet")
    page.click("text=This is wrong >> nth=0")
    page.wait_for_selector("text=1 correction to be built in")
    assert "deny = true" in novel.runs.read("cast.toml").splitlines()
    page.click("text=Rebuild")
    page.wait_for_selector("text=No corrections")
    page.wait_for_selector("#card:has(h2):not(:has-text('brother or sister'))")


def test_every_form_of_a_card_writes_what_it_says(tab: Tab, novel: Novel, served: PageServer) -> None:
    page = tab.open(f"{served.url}#elizabeth-bennet")
    wanted = (
        ("#elizabeth-bennet", "Is somebody else", "Lizzy", 'aliases = ["Lizzy"]'),
        ("#mr-darcy", "Is the same as", "mr-bingley", 'merge_into = "mr-bingley"'),
        ("#netherfield", "Kind", "organisation", 'kind = "organisation"'),
        ("#victor-lebrun", "Gender", "female", 'gender = "female"'),
        ("#longbourn", "Is nobody at all", "", "drop = true"),
        ("#jane-bennet--mr-bingley", "Relation", "rival_of", 'relation = "rival_of"'),
    )
    for count, (card, form, value, written) in enumerate(wanted, start=1):
        page.evaluate("card => { location.hash = card; }", card)
        page.wait_for_selector("#card summary >> text=/Correct|Say how/")
        page.click("#card summary >> text=/Correct|Say how/")
        fields = f"#card form[aria-label='{form}']"
        if page.locator(f"{fields} select[name=value]").count():
            page.select_option(f"{fields} select[name=value]", value)
        elif value:
            page.fill(f"{fields} input", value)
        before = novel.runs.read("cast.toml").splitlines().count(written)
        page.click(f"{fields} button[type=submit]")
        page.wait_for_selector(f"text={count} correction")
        assert novel.runs.read("cast.toml").splitlines().count(written) == before + 1, written


def test_who_speaks_is_corrected_where_it_is_read(tab: Tab, novel: Novel, served: PageServer) -> None:
    page = tab.open(f"{served.url}?view=text")
    page.click("#view button.speaker >> text=Victor Lebrun")
    assert page.inner_text("#card h2") == "Said by Victor Lebrun"
    assert "Robert Lebrun is my brother" in page.inner_text("#card blockquote")
    page.fill("#card form[aria-label='It is said by'] input", "Mr. Nobody")
    page.keyboard.press("Enter")
    page.wait_for_selector("#status:has-text('Nobody in the cast')")
    page.fill("#card form[aria-label='It is said by'] input", "Mr. Darcy")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 correction to be built in")
    assert novel.runs.rows("quotations.jsonl")[0]["speaker"] == "mr-darcy"
    page.click("text=Rebuild")
    page.wait_for_selector("#view button.speaker >> text=Mr. Darcy")
    assert "view=text" in page.url, "one goes on reading where one was"


def test_a_single_mention_is_given_to_somebody(tab: Tab, novel: Novel, served: PageServer) -> None:
    page = tab.open(f"{served.url}?view=text")
    page.wait_for_selector("#view .chunk a.mention")
    page.locator("#view .text").focus()
    for _ in range(3):
        page.keyboard.press("n")
    page.keyboard.press("p")
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert name in page.inner_text("#card mark.proof")
    page.fill("#card form[aria-label='Here it means'] input", "jane-bennet")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 correction to be built in")
    given = novel.runs.read("cast.toml").partition("[[mention]]")[2]
    assert 'entity = "jane-bennet"' in given and 'id = "m1"' in given
    page.click("#card form[aria-label='It means nobody of these'] button")
    page.wait_for_selector("text=2 corrections to be built in")
    page.click("text=Rebuild")
    page.wait_for_selector("#view a.nobody")
    page.click("#view a.nobody")
    assert "means nobody" in page.inner_text("#card")


def test_of_two_windows_the_later_is_told(browser: Any, tab: Tab, novel: Novel, served: PageServer) -> None:
    pages = [tab.open(f"{served.url}#mr-darcy"), Tab(browser).open(f"{served.url}#mr-bingley")]
    for page, name in zip(pages, ("Darcy", "Bingley"), strict=True):
        page.wait_for_selector("text=No corrections")
        page.click("#card summary >> text=Correct")
        page.fill("#card form[aria-label=Name] input", name)
    pages[0].click("text=Rename")
    pages[0].wait_for_selector("text=1 correction")
    pages[1].click("text=Rename")
    pages[1].wait_for_selector("text=changed meanwhile")
    assert 'name = "Darcy"' in novel.runs.read("cast.toml") and 'name = "Bingley"' not in novel.runs.read("cast.toml")
    pages[1].click("text=Rename")
    pages[1].wait_for_selector("text=2 corrections")
    pages[0].click("text=Undo")  # of a state that this window does not know
    pages[0].wait_for_selector("text=changed meanwhile")
    pages[0].click("text=Rebuild")
    pages[0].wait_for_selector("#card h2 bdi:text-is('Darcy')")
    pages[1].click("text=Rename")
    pages[1].wait_for_selector("#card h2 bdi:text-is('Bingley')")
    assert "is called 'Bingley'" in pages[1].inner_text("#status"), "the new graph says what was done in the old one"
    pages[1].context.close()


def test_an_edit_of_the_file_meanwhile_is_told(tab: Tab, novel: Novel, served: PageServer) -> None:
    page = tab.open(f"{served.url}#mr-darcy")
    page.wait_for_selector("text=No corrections")
    novel.runs.edit('id = "mr-darcy"', '# I have met him\nid = "mr-darcy"')
    edited = novel.runs.read("cast.toml")
    page.click("#card summary >> text=Correct")
    page.fill("#card form[aria-label=Name] input", "Darcy")
    page.click("text=Rename")
    page.wait_for_selector("text=changed meanwhile")
    assert novel.runs.read("cast.toml") == edited
    page.click("text=Rename")
    page.wait_for_selector("text=1 correction to be built in")
    assert "# I have met him" in novel.runs.read("cast.toml")


def test_somebody_is_dragged_onto_whom_he_is(tab: Tab, novel: Novel, served: PageServer, tmp_path: Path) -> None:
    from litgraph.export import write_node_link

    graph = networkx.relabel_nodes(
        two("Robert Lebrun", "Victor Lebrun"), {"one": "robert-lebrun", "other": "victor-lebrun"}
    )
    graph.graph["litgraph"] = "0"
    write_node_link(graph, novel.runs.folder / "graph.json")
    page = tab.open(served.url)
    left, right = sides(page)
    page.mouse.move(*left)
    page.mouse.down()
    page.mouse.move((left[0] + right[0]) / 2, left[1], steps=5)
    page.mouse.move(*right, steps=5)
    page.mouse.up()
    page.click("text=Yes, merge them")
    page.wait_for_selector("text=1 correction to be built in")
    assert "merge_into" in novel.runs.read("cast.toml").partition("[[entity]]")[2]
