"""When a forecast is for: days and hours resolved against the day of the page."""

from pathlib import Path

import weatherscrape as ws

PAGES = Path(__file__).parent / "pages"
COLUMNS = ["weekday", "time", "valid_time", "lead_time"]

# A page of Thursday, 16 October 2025: "Mon" is the Monday after.
news = (PAGES / "news.txt").read_text(encoding="utf-8")
frame = ws.extract(news, reference="2025-10-16")
print(frame[COLUMNS].astype("string").fillna("").to_string(index=False))

# With a time zone the columns are aware, and lead times count the hour that the clocks go back.
hourly = (PAGES / "hourly.txt").read_text(encoding="utf-8")
frame = ws.extract(hourly, reference="2025-10-25T21:30", tz="Europe/London")
print()
for time, valid, lead in frame[["time", "valid_time", "lead_time"]].itertuples(index=False):
    print(time, valid.isoformat(), f"+{lead.total_seconds() / 3600} h")

# A reference in another zone is the same moment in the zone of the place.
frame = ws.extract(hourly, reference="2025-10-25T20:30Z", tz="Europe/London")
print()
print(frame["reference_time"][0].isoformat())

# Output:
# weekday  time          valid_time       lead_time
#     mon 21:00 2025-10-20 21:00:00 4 days 21:00:00
#     tue       2025-10-21 00:00:00 5 days 00:00:00
#     wed       2025-10-22 00:00:00 6 days 00:00:00
#     thu       2025-10-23 00:00:00 7 days 00:00:00
#     fri       2025-10-24 00:00:00 8 days 00:00:00
#     sat       2025-10-25 00:00:00 9 days 00:00:00
#
# 22:00 2025-10-25T22:00:00+01:00 +0.5 h
# 01:00 2025-10-26T01:00:00+01:00 +3.5 h
# 04:00 2025-10-26T04:00:00+00:00 +7.5 h
# 07:00 2025-10-26T07:00:00+00:00 +10.5 h
#
# 2025-10-25T21:30:00+01:00
