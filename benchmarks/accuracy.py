"""Values of the labelled pages that are read right, by tier and language."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import weatherscrape as ws

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from gold import Case, cases, differences


def group(case: Case) -> str:
    language = "English" if case.language.startswith("en") else "other languages"
    return "no weather" if case.tier == "none" else f"{case.tier}, {language}"


def main() -> None:
    pages: Counter[str] = Counter()
    right: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for case in cases():
        frame = ws.extract(case.text, reference=case.reference)
        name = group(case)
        pages[name] += 1
        right[name] += not differences(case, frame)
        rows[name] += len(case.rows)
        found[name] += len(frame)
    print(f"{'':26}{'pages':>7}{'right':>7}{'rows':>7}{'found':>7}")
    for name in sorted(pages):
        print(f"{name:26}{pages[name]:>7}{right[name]:>7}{rows[name]:>7}{found[name]:>7}")


if __name__ == "__main__":
    main()
