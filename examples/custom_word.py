"""A word that the library does not know: dialect, a brand's own term, a bot's shorthand."""

import weatherscrape as ws

MESSAGE = """\
Today
11 °C
pizzle
Tomorrow
9 °C
proper bucketing
"""
COLUMNS = ["relative_day", "temperature", "condition", "intensity", "weather_code"]

before = ws.extract(MESSAGE)
print(before["condition"].notna().sum(), "conditions before")

# Sections and keys are those of a language file: here conditions, as "slug intensity".
WORDS = {
    "condition": {
        "drizzle light": ["pizzle", "pizzling"],
        "rain heavy": ["proper bucketing"],
    }
}
after = ws.extract(MESSAGE, words=WORDS)
print(after[COLUMNS].to_string(index=False))

# Output:
# 0 conditions before
# relative_day  temperature condition intensity  weather_code
#        today         11.0   drizzle     light            51
#     tomorrow          9.0      rain     heavy            65
