"""Where heavy and dangerous work is done: in child processes with limits of memory, processor and time.

Layout of letters and reading of files from outside go through here, so that one bad page or one hostile file fails
alone. The children are made by a small single-threaded process that forks them ready for work, are replaced after some
hundred calls, and end with the process that asked for them.
"""

from __future__ import annotations

import atexit
import gc
import math
import multiprocessing
import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from portal.core import children, settings
from portal.core.errors import N_, KaijiError

P = ParamSpec("P")
R = TypeVar("R")

TOO_SLOW = N_("This took too long and was stopped.")
DIED = N_("This needed too much memory or broke the program that was doing it, and was stopped.")
BUSY = N_("Too much is being done at the moment. Try again in a minute.")

MEMORY_BYTES = 2 * 2**30
OPEN_FILES = 128
CALLS_A_CHILD = 300
QUEUE_SECONDS = 180
READY_WITH = ("portal.core.pdf_layout", "portal.core.images", "portal.core.pdf_pages", "portal.core.signing_pades")


class PressFailed(KaijiError):
    """The work was stopped: it took too long, needed too much memory, or its process died."""

    status = 500
    default = DIED


_lock = threading.Lock()
_processes = 1
_pool: ProcessPool | None = None
_owner = 0
_is_child = False


def configure(processes: int) -> None:
    """How many children this process may have at once (at least 1). Takes effect before the first call."""
    global _processes
    _processes = max(1, processes)


def run(function: Callable[P, R], /, *args: P.args, seconds: float = 60.0, **kwargs: P.kwargs) -> R:  # type: ignore[valid-type]
    """The result of a module-level function that was called in a child process.

    Arguments and result travel pickled. Errors of the function come back as they are; PressFailed when it took more
    than `seconds`, needed more than MEMORY_BYTES, or took its process with it. The function may run twice when its
    process is lost before it began, so it must only compute. Within a child the function is called directly.
    """
    if _is_child:
        return function(*args, **kwargs)
    for last in (False, True):
        pool = _running()
        try:
            future = pool.schedule(_call, args=(seconds, function, args, kwargs), timeout=seconds)
            value, error = future.result(timeout=seconds + QUEUE_SECONDS)
        except ProcessExpired:
            raise PressFailed(DIED) from None
        except TimeoutError:
            if future.done():
                raise PressFailed(TOO_SLOW) from None
            future.cancel()  # type: ignore[no-untyped-call] # the library is half typed
            _discard(pool)
            raise PressFailed(BUSY) from None
        except (BrokenExecutor, RuntimeError, OSError):  # a child was lost between two calls
            _discard(pool)
            if last:
                raise PressFailed(DIED) from None
            continue
        if error is not None:
            raise error
        return cast(R, value)
    raise PressFailed(DIED)


def close() -> None:
    """End the children of this process, if it has any. The next call makes new ones."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is not None and _owner == os.getpid():
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


atexit.register(close)


def _running() -> ProcessPool:
    global _pool, _owner
    with _lock:
        if _pool is None or _owner != os.getpid():  # after a fork the pool belongs to another process
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(list(READY_WITH))
            _pool = ProcessPool(
                max_workers=_processes,
                max_tasks=CALLS_A_CHILD,
                initializer=_begin,
                context=context,
            )
            _owner = os.getpid()
        return _pool


def _discard(pool: ProcessPool) -> None:
    """Put a broken pool aside. Its children are ended beside us, as that can take a moment."""
    global _pool
    with _lock:
        if _pool is not pool:
            return
        _pool = None
    pool.stop()  # type: ignore[no-untyped-call]
    threading.Thread(target=pool.join, daemon=True).start()


def _begin() -> None:
    """What a child does first."""
    global _is_child
    _is_child = True
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the library's own handler would wait for running C code
    children.end_with_parent(signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        children.end_with_pipe(parent.sentinel)
    settings.forget_environment()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)


def _limit(what: int, most: int) -> None:
    _soft, hard = resource.getrlimit(what)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(what, (most, most))


def _call(
    seconds: float, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, Exception | None]:
    """In the child: (result, None) or (None, error)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
    try:
        result = function(*args, **kwargs)
        _settle()
        return result, None
    except MemoryError:
        os._exit(1)  # what is left of this process is not to be trusted
    except KaijiError as error:
        return None, _portable(error)
    except Exception as error:  # noqa: BLE001, RUF100 - it is raised again on the other side
        error.add_note(traceback.format_exc())
        return None, _portable(error)


@cache
def _settle() -> None:
    """After a child's first work: what it holds now, modules and fonts, it holds to its end; never search it again."""
    gc.collect()
    gc.freeze()


def _portable(error: Exception) -> Exception:
    """The error if it can travel, otherwise one that says its name."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made by ourselves a moment ago
    except Exception:  # noqa: BLE001, RUF100 - whatever it is, it cannot travel
        failed = PressFailed()
        failed.add_note(f"{type(error).__name__}: {traceback.format_exc()}")
        return failed
    return error
