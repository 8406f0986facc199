"""Checking many files in several processes, with the reports in the order of the files.

Each process is handed a few files at a time and sends every report as soon as it has it, so when a process dies, the
file that it was reading is known: that one is told, the rest of its files go to a new process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait

from healthlint.config import Config
from healthlint.engine import Report
from healthlint.files import Found
from healthlint.namedtuples import NamedTuple

Target = tuple[Found, Config]
Check = Callable[[Found, Config], Report]

PAYS = 300_000
"""From so many bytes on a second process saves more time than its start takes."""
_SHARES = 8
"""Into so many shares the work of a process is cut, so that none waits long for the last one."""
_AHEAD = 400
"""So many files beyond the first without a report may be handed out, so that finished reports do not pile up."""
_DIED = "internal error: the process that checked it died, perhaps for want of memory; please report it"


class _Task(NamedTuple):
    number: int
    found: Found
    config: Config


class _Worker(NamedTuple):
    process: multiprocessing.process.BaseProcess
    connection: Connection
    tasks: deque[_Task]


def processes(wanted: int | None, targets: Sequence[Target]) -> int:
    """How many processes to use: as many as wanted, or as pay for the size of the files; at most one for each file."""
    if wanted is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        wanted = cores if cores > 1 and sum(_size(found) for found, _ in targets) >= PAYS else 1
    return max(1, min(wanted, len(targets)))


def _size(found: Found) -> int:
    try:
        return 0 if found.problem or found.skipped else os.path.getsize(found.path)
    except OSError:
        return 0


def checked(targets: Sequence[Target], check: Check, jobs: int) -> Iterator[Report]:
    """The reports of the targets in their order, made by `jobs` processes."""
    crew = _Crew(check, _shares(targets, jobs), jobs)
    try:
        yield from crew.reports(len(targets))
    finally:
        crew.dismiss()


def _shares(targets: Sequence[Target], jobs: int) -> deque[deque[_Task]]:
    """Neighbouring targets in shares of about the same size in bytes."""
    sizes = [_size(found) for found, _ in targets]
    limit = sum(sizes) / (jobs * _SHARES)
    shares, held = deque([deque[_Task]()]), 0
    for number, ((found, config), size) in enumerate(zip(targets, sizes, strict=True)):
        if shares[-1] and held + size > limit:
            shares.append(deque())
            held = 0
        shares[-1].append(_Task(number, found, config))
        held += size
    return shares


class _Crew:
    """The processes and what they are at."""

    def __init__(self, check: Check, shares: deque[deque[_Task]], jobs: int) -> None:
        # a fork has the rules already; elsewhere than on Linux it is not safe
        self._context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
        self._check = check
        self._shares = shares
        self._done: dict[int, Report] = {}
        self._workers: dict[Connection, _Worker] = {}
        gc.freeze()
        for _ in range(jobs):
            self._hire()

    def reports(self, count: int) -> Iterator[Report]:
        for number in range(count):
            while number not in self._done:
                self._hand_out(number)
                for connection in wait([c for c, worker in self._workers.items() if worker.tasks]):
                    self._receive(connection)  # type: ignore[arg-type]
            yield self._done.pop(number)

    def dismiss(self) -> None:
        for worker in self._workers.values():
            worker.process.terminate()
        for worker in self._workers.values():
            worker.process.join()
            worker.connection.close()

    def _hire(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._check), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours] = _Worker(process, ours, deque())

    def _hand_out(self, first: int) -> None:
        """Give the next shares to those who have nothing to do; `first` is the first file without a report."""
        for worker in list(self._workers.values()):
            if not worker.tasks and self._shares and self._shares[0][0].number < first + _AHEAD:
                worker.tasks.extend(self._shares.popleft())
                try:
                    worker.connection.send(list(worker.tasks))
                except OSError:  # it died; what it was to do is told when nothing comes
                    continue

    def _receive(self, connection: Connection) -> None:
        worker = self._workers[connection]
        try:
            report: Report = connection.recv()
            self._done[worker.tasks.popleft().number] = report
        except (EOFError, OSError):
            task = worker.tasks.popleft()
            self._done[task.number] = Report(task.found.path, problem=_DIED)
            del self._workers[connection]
            worker.process.join()
            connection.close()
            if worker.tasks:
                self._shares.appendleft(worker.tasks)
            self._hire()


def _work(connection: Connection, check: Check) -> None:
    """Check what comes until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the first process that is interrupted, and ends this one
    try:
        while True:
            for task in connection.recv():
                connection.send(check(task.found, task.config))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
