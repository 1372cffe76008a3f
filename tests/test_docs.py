"""The docs: what is made from the code is up to date, and every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from weatherscrape.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs/make_reference.py")
assert _spec
assert _spec.loader
make_reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_reference)


@pytest.mark.parametrize("page", make_reference.PAGES)
def test_reference_is_up_to_date(page: str) -> None:
    committed = (ROOT / "docs/reference" / page).read_text(encoding="utf-8")
    assert committed == make_reference.PAGES[page](), "run docs/make_reference.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith("https://")]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_readme_shows_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    main(["extract", str(ROOT / "examples/pages/news.txt"), "--reference", "2025-10-16"])
    printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
    shown = [line.strip() for line in readme.splitlines()]
    at = shown.index(printed[0])
    assert shown[at : at + len(printed)] == printed
