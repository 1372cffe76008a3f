"""Figures of the labelled pages by tier and language; --update rewrites known_failures.toml."""

from __future__ import annotations

import argparse
from collections import defaultdict

from gold import CORPUS, Case, cases, differences

import weatherscrape as ws


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    update = parser.parse_args().update
    pages: dict[str, list[list[str]]] = defaultdict(list)
    failing: list[tuple[Case, list[str]]] = []
    for case in cases():
        faults = differences(case, ws.extract(case.text, reference=case.reference))
        pages[f"{case.tier}, {case.language}"].append(faults)
        if faults:
            failing.append((case, faults))
    for name, results in sorted(pages.items()):
        print(f"{name:24}{sum(not faults for faults in results):5} of {len(results):4} pages right")
    if update:
        lines = [f'{c.id} = "{f[0].replace(chr(34), chr(39))}"\n' for c, f in failing]
        head = "# Pages that are not read right yet, and the first thing that is wrong.\n"
        (CORPUS / "known_failures.toml").write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
