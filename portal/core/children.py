"""Processes that end with the one that started them, however that one ended (Linux)."""

from __future__ import annotations

import ctypes
import fcntl
import os
import select
import signal
import sys

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>


def end_with_parent(number: int) -> None:
    """Ask the kernel, in the child, for this signal when the parent (strictly: the thread that forked us) is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, number)


def end_with_pipe(descriptor: int) -> None:
    """Be ended by the kernel when the other end of this pipe closes, as it does when its holder ends in any way.

    Nothing may ever be written to the pipe. It works while C code holds the interpreter, which a thread would not.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([descriptor], [], [], 0)[0]:  # it was closed before the kernel was asked
        os.kill(os.getpid(), signal.SIGKILL)
