"""All benchmarks, one after the other, as the tables that docs/explanation/speed.md has.

python benchmarks/run.py             half an hour or more
python benchmarks/run.py --quick     some minutes: a tenth of the pages
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALL: dict[str, tuple[str, ...]] = {
    "speed": (),
    "scan_candidates": (),
    "peers": (),
    "wet": ("--pages", "100000"),
    "growth": ("--most", "100"),
    "import_time": (),
    "accuracy": (),
    "confidence": (),
}  # with what makes them quick


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the pages")
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(ALL)}; default: all")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores\n")
    failed = 0
    for name in options.names or ALL:
        print(f"## {name}\n", flush=True)
        quick = ALL[name] if options.quick else ()
        done = subprocess.run([sys.executable, HERE / f"{name}.py", *quick], check=False)
        failed |= done.returncode
        print(flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
