# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""One number of a run: an outcome, taken from a column of its time series."""

import dataclasses

KINDS = {  # what is taken: the key that it needs, one of these
    "final": (),
    "gain": (),  # the last value over the first, less 1
    "peak": (),
    "lowest": (),
    "mean": (),  # over time
    "time to": ("above", "below"),  # d until the column is first beyond the limit
    "value at": ("day",),
}


@dataclasses.dataclass(frozen=True)
class OutcomeOfRun:
    name: str
    column: str
    take: str
    key: str = ""
    limit: float = None

    def unit(self, units):
        """`units` of the columns of a time series."""
        if self.take in ("time to", "gain"):
            return "d" if self.take == "time to" else "1"
        return units.get(self.column, "")

    def of(self, times, values):
        """From times [d] and values of the column, which go in straight lines between; NaN if it never comes to be."""
        import numpy as np  # not where a study is only read

        times, values = np.asarray(times, float), np.asarray(values, float)
        if self.take == "final":
            return float(values[-1])
        if self.take == "gain":
            return float(values[-1] / values[0] - 1) if values[0] else float("nan")
        if self.take == "peak":
            return float(values.max())
        if self.take == "lowest":
            return float(values.min())
        if self.take == "mean":
            from scipy.integrate import trapezoid  # NumPy 2 calls its own otherwise than NumPy 1

            length = times[-1] - times[0]
            return float(trapezoid(values, times) / length) if length > 0 else float(values[0])
        if self.take == "value at":
            return float(np.interp(self.limit, times, values, left=np.nan, right=np.nan))
        return self._time_beyond(times, values)

    def _time_beyond(self, times, values):
        beyond = values - self.limit if self.key == "above" else self.limit - values
        for k, excess in enumerate(beyond):
            if excess > 0:
                if k == 0:
                    return float(times[0])
                share = -beyond[k - 1] / (excess - beyond[k - 1])
                return float(times[k - 1] + share * (times[k] - times[k - 1]))
        return float("nan")
