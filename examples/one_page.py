"""The weather at the end of a news page, as a typed table."""

from pathlib import Path

import weatherscrape as ws

PAGES = Path(__file__).parent / "pages"

page = (PAGES / "news.txt").read_text(encoding="utf-8")
frame = ws.extract(page)

columns = ["weekday", "time", "temperature", "condition", "intensity", "likelihood", "weather_code"]
print(frame[columns].astype("string").fillna("").to_string(index=False))
print()
print("The unit of temperature is", frame.attrs["units"]["temperature"])

# A row knows where it stands in the page.
tuesday = frame[frame["weekday"] == "tue"].iloc[0]
print(repr(page[tuesday["start"] : tuesday["end"]]))

# Output:
# weekday  time temperature     condition intensity likelihood weather_code
#     mon 21:00        12.7          rain     light                      61
#     tue             15.09 mostly_cloudy                                 3
#     wed              14.0 partly_cloudy                                 2
#     thu              13.7 mostly_cloudy                                 3
#     fri             12.84         clear                                 0
#     sat              14.5          rain               chance           63
#
# The unit of temperature is °C
# 'Tue\n15.09\nmostlycloudy'
