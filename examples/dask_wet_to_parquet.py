"""A Dask job: WET files in, their weather as a Parquet file each out."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from dask.distributed import Client, LocalCluster

from weatherscrape import warc

ARCHIVES = sorted(map(str, (Path(__file__).parent / "archives").glob("*.wet.gz")))

if __name__ == "__main__":  # the processes of the workers read this file too
    # On a cluster, Client has the address of its scheduler.
    with (
        TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        # A file has the name of its archive and comes when it is whole: no row is there twice.
        task = partial(warc.to_parquet, folder=folder)
        written = client.gather(client.map(task, ARCHIVES, retries=3))
        stored = pd.read_parquet(sorted(path for path, _ in written))

    stored["day"] = stored["valid_time"].dt.date
    print(stored[["url", "day", "condition"]].to_string(index=False))

# Output:
#                   url        day     condition
# https://example.org/1 2025-10-21           fog
# https://example.org/1 2025-10-22          rain
# https://example.org/2 2025-10-16 mostly_cloudy
# https://example.org/4 2025-11-03         clear
# https://example.org/4 2025-11-04          rain
