"""A Spark job: WET files in, their weather as a Parquet file each out."""

import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from pyspark.sql import SparkSession

from weatherscrape import warc

ARCHIVES = sorted(map(str, (Path(__file__).parent / "archives").glob("*.wet.gz")))
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

# A cluster has its own master; a task that failed is tried four times, as Spark does by itself.
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
with TemporaryDirectory() as folder:
    tasks = spark.sparkContext.parallelize(ARCHIVES, len(ARCHIVES))
    # A file has the name of its archive and comes when it is whole: no row is there twice.
    written = tasks.map(partial(warc.to_parquet, folder=folder)).collect()
    stored = pd.read_parquet(sorted(path for path, _ in written))
spark.stop()

stored["day"] = stored["valid_time"].dt.date
print(stored[["url", "day", "condition"]].to_string(index=False))

# Output:
#                   url        day     condition
# https://example.org/1 2025-10-21           fog
# https://example.org/1 2025-10-22          rain
# https://example.org/2 2025-10-16 mostly_cloudy
# https://example.org/4 2025-11-03         clear
# https://example.org/4 2025-11-04          rain
