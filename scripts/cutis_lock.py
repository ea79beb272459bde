# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""One sweep or comparison at a time in a folder: the lock that the solver keeps in the folders of runs, with the same content.

Not fcntl or flock, for the reason in solver/io/folder_lock.h: cluster file systems often have neither between hosts.
"""

import os
import pathlib
import socket
import threading
import time

from cutis_runs import RunError

HEARTBEAT = 60.0  # s
DEATH = 600.0  # s without a heartbeat, after which the process of another host is taken to be gone


def start_of(process):
    """When a process of this host was started, in the clock of the kernel; empty if there is none of this number."""
    try:
        return pathlib.Path(f"/proc/{int(process)}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, ValueError, IndexError):
        return ""


def holder_of(folder, now=None):
    """
    Who holds a folder, as a part of a sentence; None if nobody does, or only a process that is gone. `now`: the time by the
    clock of the file system, if that of this host may be another one.
    """
    file = pathlib.Path(folder) / "lock"
    try:
        host, process, start, since = (file.read_text().split("\n") + 4 * [""])[:4]
        silence = (time.time() if now is None else now) - file.stat().st_mtime
    except OSError:
        return None
    alive = (bool(start) and start_of(process) == start) if host == socket.gethostname() else silence < DEATH
    return f"process {process} on the host {host}, since {since}" if alive else None


class FolderLock:
    """`with FolderLock(folder):` makes the folder if need be and holds it. RunError with a sentence if another process does."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.file = self.folder / "lock"
        since = time.strftime("%Y-%m-%d %H:%M:%S")
        self.text = f"{socket.gethostname()}\n{os.getpid()}\n{start_of(os.getpid())}\n{since}\n"
        self._ends = threading.Event()
        self._heart = threading.Thread(target=self._keep_alive, daemon=True)

    def __enter__(self):
        mine = self.folder / f".lock-{socket.gethostname()}-{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            mine.write_text(self.text)
            while not self._put(mine):
                self._look_at_holder(mine)
        except OSError as error:
            raise RunError(f"The results cannot go to {self.folder}: {error.strerror}.") from error
        finally:
            mine.unlink(missing_ok=True)
        self._heart.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        self._heart.join()
        if self._read() == self.text:
            self.file.unlink(missing_ok=True)

    def _put(self, mine):
        try:
            os.link(mine, self.file)
            return True
        except FileExistsError:
            return False

    def _look_at_holder(self, mine):
        """Remove a lock whose process is gone, or say who holds it."""
        if self._read() is None:
            return  # it has just been given back
        holder = holder_of(self.folder, mine.stat().st_mtime)
        if holder:
            raise RunError(
                f"The folder {self.folder} is in use by {holder}. Wait for its end, or choose another folder."
            )
        self.file.unlink(missing_ok=True)

    def _read(self):
        try:
            return self.file.read_text()
        except FileNotFoundError:
            return None

    def _keep_alive(self):
        while not self._ends.wait(HEARTBEAT):
            try:
                os.utime(self.file)
            except OSError:
                return
