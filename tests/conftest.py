"""Hypothesis profiles: `ci` where the environment says CI, else `dev`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "ci", max_examples=1000, derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_SLOW)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
