"""Worker processes, forked with all that is known here; they end with whoever gave them work, at once if need be."""

import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial


@contextmanager
def workforce(number: int) -> Iterator[ProcessPoolExecutor]:
    """Give so many workers. They leave an interruption to their parent; when it, or a mistake, ends the block, what
    they were doing is cut off: they may only write what is thrown away or kept whole.
    """
    quiet = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(number, multiprocessing.get_context("fork"), quiet)
    try:
        yield pool
    except BaseException:
        for process in tuple((pool._processes or {}).values()):  # Python 3.14 has kill_workers for this
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
