"""Precision and recall of the labelled pages over `min_confidence`; --plot FILE draws them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

import weatherscrape as ws

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from gold import WEATHER, WHEN, Case, agrees, cases

THRESHOLDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98]
HALF = 0.5  # of a row's values: so many agree if it is the row that was meant


def matches(gold: dict[str, Any], row: dict[str, Any], language: str) -> bool:
    fields = [f for f in (*WEATHER, *WHEN) if f in gold]
    right = sum(not pd.isna(row[f]) and agrees(f, gold[f], row[f], language) for f in fields)
    return right > HALF * len(fields)


def counts(case: Case, rows: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    """Rows that are right, found, and expected: both stand in the order of the page."""
    right = at = 0
    for row in rows:
        place = next(
            (i for i in range(at, len(case.rows)) if matches(case.rows[i], row, case.language)),
            None,
        )
        if place is not None:
            right, at = right + 1, place + 1
    return right, len(rows), len(case.rows)


def curve(wanted: Sequence[Case]) -> list[tuple[float, float, float]]:
    points = []
    for least in THRESHOLDS:
        frames = (ws.extract(c.text, reference=c.reference, min_confidence=least) for c in wanted)
        sums = [counts(c, f.to_dict("records")) for c, f in zip(wanted, frames, strict=True)]
        right, found, expected = map(sum, zip(*sums, strict=True))
        points.append((least, right / max(found, 1), right / expected))
    return points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plot", metavar="FILE", help="an image, such as confidence.svg")
    file = parser.parse_args().plot
    every = cases()
    none = [case for case in every if case.tier == "none"]
    tiers = {
        "widgets": [case for case in every if case.tier == "widget"] + none,
        "text": [case for case in every if case.tier in ("period", "prose")] + none,
    }
    curves = {name: curve(wanted) for name, wanted in tiers.items()}
    print("| min_confidence | " + " | ".join(f"{n}: precision | recall" for n in curves) + " |")
    print("|" + " --- |" * (1 + 2 * len(curves)))
    for points in zip(*curves.values(), strict=True):
        values = " | ".join(f"{precision:.3f} | {recall:.3f}" for _, precision, recall in points)
        print(f"| {points[0][0]} | {values} |")
    if file:
        draw(curves, file)


def draw(curves: dict[str, list[tuple[float, float, float]]], file: str) -> None:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5.5, 3.6), layout="constrained")
    for name, points in curves.items():
        _, precision, recall = zip(*points, strict=True)
        axes.plot(recall, precision, "o-", markersize=3, label=name)
        for least, p, r in points:
            if least in (0.1, 0.5, 0.9):
                axes.annotate(f"{least}", (r, p), textcoords="offset points", xytext=(4, 4))
    axes.set_xlabel("recall of rows")
    axes.set_ylabel("precision of rows")
    axes.legend(frameon=False, loc="lower left")
    axes.grid(alpha=0.2)
    figure.savefig(file)


if __name__ == "__main__":
    main()
