#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# h5py 3.7.0 with HDF5 1.10.8 (python3-h5py 3.7.0-8 of Debian 12).
#
# Since h5py 3.0 datasets carry no times, so that writing the same arrays twice gives the same bytes, and checksums of
# results can be compared. With libver="latest" that is lost: two files with the same content, written a second apart,
# differ, even without a group in them. The times are those of the root group, which only the newer kind of group header
# has room for; neither track_times=False for the dataset nor track_order changes that, and h5diff sees no difference.
# Expected: the promise of reproducible bytes holds for every libver, or track_times also exists for groups and files.
#
# Output seen (same bytes after a second?):
#   earliest True
#   latest False
#   latest, track_times=False False
#   h5diff of the latest: no difference
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
need=()
dpkg-query -W -f '${Version}' python3-h5py 2>/dev/null | grep -q '^3.7.0' || need+=(python3-h5py)
dpkg-query -W -f '${Status}' hdf5-tools 2>/dev/null | grep -q 'ok installed' || need+=(hdf5-tools)
if [[ ${#need[@]} -gt 0 ]]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
cat >write.py <<'END'
import pathlib
import time

import h5py
import numpy as np

assert h5py.__version__ == "3.7.0", h5py.__version__


def same_bytes(version, **dataset):
    for name in ("a.h5", "b.h5"):
        with h5py.File(name, "w", libver=version) as file:
            file.create_dataset("x", data=np.arange(10.0), **dataset)
        time.sleep(1.1)
    return pathlib.Path("a.h5").read_bytes() == pathlib.Path("b.h5").read_bytes()


print("earliest", same_bytes("earliest"))
print("latest", same_bytes("latest"))
print("latest, track_times=False", same_bytes("latest", track_times=False))
END
/usr/bin/python3 write.py >seen
h5diff a.h5 b.h5 && echo "h5diff of the latest: no difference" >>seen
cat >expected <<'END'
earliest True
latest False
latest, track_times=False False
h5diff of the latest: no difference
END
cat seen
diff expected seen
