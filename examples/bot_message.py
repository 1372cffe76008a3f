"""The message of a weather bot as a dictionary, for a program that answers it."""

from pathlib import Path

import weatherscrape as ws

PAGES = Path(__file__).parent / "pages"
WANTED = ["location", "temperature", "condition_text", "relative_humidity", "wind_speed"]

message = (PAGES / "bot.txt").read_text(encoding="utf-8")
frame = ws.extract(message)
now = frame[frame["period"] == "now"].iloc[0]

for name, value in now[WANTED].dropna().items():
    number = f"{value:.1f}" if isinstance(value, float) else value
    print(name, number, frame.attrs["units"].get(name, ""), sep="  ")

wind = now["wind_speed"] * 3.6
print(f"{wind:.0f} km/h from {now['wind_direction']:.0f} degrees")

tomorrow = frame[frame["relative_day"] == "tomorrow"].iloc[0]
warm = tomorrow["temperature_max"] > now["temperature"]
print("Tomorrow will be", "warmer" if warm else "no warmer")

# A message without weather is an empty frame, not an error.
print(len(ws.extract("Good morning! Type /help for help.")), "rows")

# Output:
# location  Port Ellery
# temperature  18.0  °C
# condition_text  partly cloudy
# relative_humidity  63.0  %
# wind_speed  3.9  m/s
# 14 km/h from 315 degrees
# Tomorrow will be no warmer
# 0 rows
