"""Every example runs without arguments and prints what its last comment says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from java import java_home

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> str:
    return java_home(tmp_path_factory.mktemp("java"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_prints_what_it_says(example: Path, java: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", example],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PATH": os.environ["PATH"], "JAVA_HOME": java},
        check=True,
    )
    _, shown = example.read_text(encoding="utf-8").split("\n# Output:\n")
    expected = [line.removeprefix("#").strip() for line in shown.splitlines()]
    assert [line.strip() for line in done.stdout.rstrip().splitlines()] == expected


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_is_short(example: Path) -> None:
    code, _ = example.read_text(encoding="utf-8").split("\n# Output:\n")
    assert len(code.splitlines()) <= 40
