"""Time of `import weatherscrape` over that of `import pandas`, which it cannot do without."""

from __future__ import annotations

import subprocess
import sys
from statistics import median

LIMIT = 1.3
RUNS = 9
TIMED = "from time import perf_counter as now; start = now(); import {}; print(now() - start)"


def seconds(module: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(module)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> int:
    seconds("weatherscrape")  # to have all files read and compiled once
    pairs = [(seconds("pandas"), seconds("weatherscrape")) for _ in range(RUNS)]
    pandas, weatherscrape = (median(times) for times in zip(*pairs, strict=True))
    ratio = weatherscrape / pandas
    print(f"pandas {pandas:.3f} s, weatherscrape {weatherscrape:.3f} s: {ratio:.2f} times")
    return ratio > LIMIT


if __name__ == "__main__":
    sys.exit(main())
