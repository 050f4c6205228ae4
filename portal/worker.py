"""The job runner: does what is due, then waits a little. Any number may run; `kaiji serve` starts one."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from portal.core import clock, collector, jobs, log
from portal.core.settings import Surface
from portal.services import Services
from portal.web import sessions, throttle
from portal.web.reader import Reader

IDLE_SECONDS = 0.3
TIDY_SECONDS = 60
KEEP_DONE = timedelta(days=30)


class Worker:
    """Runs jobs until it is told to stop; a job in progress is finished first."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.stopping = threading.Event()
        self._tidied = float("-inf")

    def stop(self, *_signal: object) -> None:
        """Finish the job in hand, then end."""
        self.stopping.set()

    def run(self) -> None:
        """Work until ``stop``. A database that is away for a while is waited for."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        collector.serve()
        log.get().info("worker.started")
        while not self.stopping.is_set():
            try:
                busy = self.step()
            except Exception as error:  # noqa: BLE001, RUF100 - the worker outlives any single failure
                log.get().error("worker.failed", error=type(error).__name__)
                busy = False
            if not busy:
                self.stopping.wait(IDLE_SECONDS)
        log.get().info("worker.stopped")

    def step(self) -> bool:
        """Do one due job; returns whether there was one."""
        now = clock.now()
        if clock.monotonic() - self._tidied > TIDY_SECONDS:
            self._tidied = clock.monotonic()
            self.tidy()
        with self.services.database.session(write=False) as session:
            if not jobs.any_due(session, now=now):
                return False
        job = jobs.run_one(self.context())
        if job is not None:
            log.get().info("job", kind=job.kind, job=job.id, state=job.state, tries=job.tries, error=job.last_error)
        return job is not None

    def drain(self, limit: int = 10_000) -> int:
        """Do everything that is due now; returns how many jobs were done."""
        done = 0
        while done < limit and self.step():
            done += 1
        return done

    def context(self) -> jobs.Context:
        """What handlers are given."""
        services = self.services
        values = {
            "vault": services.office,
            "mailer": services.mailer,
            "settings": services.settings,
            "reader": lambda: self.reader,
        }
        return jobs.Context(database=services.database, now=clock.now(), services=values)

    @cached_property
    def reader(self) -> Reader:
        """The site's own pages, as readers get them; opened by the first job that asks for one."""
        from portal.app import create_app  # the application is loaded only where pages are written

        settings = self.services.settings
        if settings.surface is Surface.STAFF:
            settings = replace(settings, surface=Surface.PUBLIC)
        return Reader(create_app(settings), settings)

    def tidy(self) -> None:
        """Enqueue the schedule; forget expired sessions, old counters and done jobs."""
        now = clock.now()
        with self.services.database.session(write=True) as session:
            jobs.enqueue_scheduled(session, now=now)
            sessions.sweep(session, now)
            throttle.sweep(session, now)
            jobs.forget_done(session, before=now - KEEP_DONE)
