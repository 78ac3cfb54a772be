"""What a worker does with an import: the dry run, then the writing, both resumable.

The row ``ImportJob`` is the record (ADR 0002). A worker leases a job and renews the lease with each batch;
when it dies, the lease runs out and another one takes the job up. A dry run writes nothing, so it begins
again. Writing goes batch by batch: the records, their audit events and the job's own count are one
transaction, so the count says exactly what is in the registry, and the next worker goes on behind it.
One transaction for all of it would keep everybody else from writing for as long as it lasts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce
from dlt.changes import collected
from dlt.imports.importer import Context, Importer, Verdict
from dlt.imports.jobs_kept import checked_name, written_name
from dlt.imports.kinds import importer_for
from dlt.imports.report import Report, count, no_counts, warnings_in
from dlt.imports.row import Row
from dlt.imports.table import Source
from dlt.models import ImportJob

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=45)
BATCH: Final = 500
TRIES: Final = 3
State = ImportJob.State
Clock = Callable[[], datetime]


class LeaseLost(Exception):
    """Somebody cancelled the job, or another worker has it."""


def run_once(clock: Clock) -> bool:
    """Take one job that waits and bring it to its next state; False when none waits."""
    job = _claim(clock())
    if job is None:
        return False
    try:
        _work(job, clock)
    except LeaseLost:
        logger.info("imports.lease_lost", extra={"job": job.sid})
    except DomainError as error:
        _fail(job, str(error), clock())
    except Exception:  # a bug or a full disk: tried again when the lease has run out, then given up
        logger.exception("imports.broke", extra={"job": job.sid})
        _let_go(job, clock())
    return True


def _claim(now: datetime) -> ImportJob | None:
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    waiting = ImportJob.objects.filter(free, state__in=[State.CHECKING, State.APPLYING])
    for job in waiting.select_related("account", "created_by").order_by("pk")[:10]:
        mine = ImportJob.objects.filter(pk=job.pk, state=job.state, lease_until=job.lease_until)
        until = now + LEASE
        if mine.update(lease_until=until, attempts=F("attempts") + 1):
            job.lease_until = until
            job.attempts += 1
            return job
    return None


def _let_go(job: ImportJob, now: datetime) -> None:
    if job.attempts >= TRIES:
        _fail(job, "The import broke off three times in a row. Tell whoever runs Flowbuilder.", now)
        return
    mine = ImportJob.objects.filter(pk=job.pk, lease_until=job.lease_until)
    mine.update(lease_until=now + timedelta(seconds=5))


def _fail(job: ImportJob, problem: str, now: datetime) -> None:
    written = job.state == State.APPLYING and job.rows_done
    if written:
        problem += (
            f" The first {job.rows_done:,} rows were dealt with, as the report says. Import the file"
            " again to go on: what is there already stays as it is."
        )
    mine = ImportJob.objects.filter(pk=job.pk, state=job.state, lease_until=job.lease_until)
    mine.update(state=State.FAILED, problem=problem[:500], finished=now, lease_until=None)


def _work(job: ImportJob, clock: Clock) -> None:
    if job.attempts > TRIES:
        raise _GivenUp
    path = Path(job.file.path)
    if job.state == State.CHECKING:
        _check(job, path, clock)
    else:
        _apply(job, path, clock)


class _GivenUp(DomainError):
    code = "dlt.import_given_up"
    message = "The worker stopped three times at the same place of this file."


def _path(job: ImportJob, name: str) -> Path:
    return Path(job.file.storage.path(name))


def _importer(job: ImportJob) -> Importer[Any, Any]:
    chosen = job.options
    caller = Caller(job.account, Role(chosen.get("role", Role.EDITOR)), job.actor, job.created_by)
    context = Context(
        caller=caller,
        filename=job.filename,
        entity=chosen.get("entity", ""),
        category=chosen.get("category", ""),
        approve=bool(chosen.get("approve")),
        add_headers=bool(chosen.get("add_headers")),
        is_windows=Source.from_dict(chosen["source"]).is_windows,
        is_dry=job.state == State.CHECKING,
    )
    return importer_for(job.registry, context)


def rows_to_import(job: ImportJob, path: Path) -> Iterator[Row]:
    """Yield the rows below the header that hold something, with their cells by field."""
    source = Source.from_dict(job.options["source"])
    mapping: dict[str, int] = job.mapping
    header_row = job.options["header_row"]
    for number, cells in source.rows(path):
        if number <= header_row or not any(cell.strip() for cell in cells):
            continue
        named = {
            field: cells[index] if index < len(cells) else "" for field, index in mapping.items()
        }
        yield Row(number, named, since_1904=source.since_1904)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _renew(job: ImportJob, now: datetime, **news: Any) -> None:
    """Hold the job for longer and keep what was reached; raises LeaseLost."""
    until = now + LEASE
    mine = ImportJob.objects.filter(pk=job.pk, state=job.state, lease_until=job.lease_until)
    if not mine.update(lease_until=until, **news):
        raise LeaseLost
    job.lease_until = until
    for name, value in news.items():
        setattr(job, name, value)


def _check(job: ImportJob, path: Path, clock: Clock) -> None:
    importer = _importer(job)
    report = Report(_path(job, checked_name(job)))
    counts, done = no_counts(), 0
    try:
        for batch in _batches(rows_to_import(job, path)):
            verdicts = importer.judge(batch)
            size = report.write(verdicts)
            counts, done = count(counts, verdicts, warnings=True), done + len(batch)
            total = max(done, job.rows_total)
            _renew(job, clock(), rows_done=done, rows_total=total, counts=counts, report_size=size)
    finally:
        report.close()
    _finish(job, state=State.CHECKED, counts=counts, rows_done=done, report=checked_name(job))


def _finish(job: ImportJob, *, rows_done: int, **news: Any) -> None:
    mine = ImportJob.objects.filter(pk=job.pk, state=job.state, lease_until=job.lease_until)
    total = {"rows_done": rows_done, "rows_total": rows_done}
    if not mine.update(**total, **news, lease_until=None, attempts=0):
        raise LeaseLost


def _apply(job: ImportJob, path: Path, clock: Clock) -> None:
    report = Report(_path(job, written_name(job)), job.report_size)
    if not job.rows_done:
        _renew(job, clock(), counts=_begin_counts(job), report_size=report.size())
    # The dry run went over the same rows in the same order.
    noted = islice(warnings_in(_path(job, checked_name(job))), job.rows_done, None)
    rows = islice(rows_to_import(job, path), job.rows_done, None)
    importer = _importer(job)
    try:
        for batch in _batches(rows):
            notes = list(islice(noted, len(batch)))
            importer = _write_batch(job, importer, batch, notes, report, clock)
    finally:
        report.close()
    with transaction.atomic():
        now, counts = clock(), job.counts
        _finish(
            job,
            state=State.DONE,
            counts=counts,
            rows_done=job.rows_done,
            report=written_name(job),
            finished=now,
        )
        _audit(job, importer.context, counts, now)
        announce(job.account)


def _begin_counts(job: ImportJob) -> dict[str, Any]:
    """Return sums of nothing yet, with the warnings of the dry run."""
    kept = {name: job.counts[name] for name in ("warned", "warnings") if name in job.counts}
    return no_counts() | kept


def _write_batch(
    job: ImportJob,
    importer: Importer[Any, Any],
    batch: list[Row],
    notes: list[str],
    report: Report,
    clock: Clock,
) -> Importer[Any, Any]:
    """Judge and write some rows in one transaction; again, when somebody registered one meanwhile.

    Returns the importer to go on with.
    """
    for attempt in range(1, TRIES + 1):
        for row in batch:
            row.warnings.clear()
        try:
            verdicts = importer.judge(batch)
            for verdict, note in zip(verdicts, notes, strict=False):
                verdict.noted = note
            _commit(job, importer, verdicts, report, clock())
        except (IntegrityError, DomainError):
            report.back_to(job.report_size)
            importer = _importer(job)
            if attempt == TRIES:
                raise
        else:
            break
    return importer


def _commit(
    job: ImportJob,
    importer: Importer[Any, Any],
    verdicts: list[Verdict],
    report: Report,
    now: datetime,
) -> None:
    new = count(job.counts, verdicts, warnings=False)
    before = (job.lease_until, job.rows_done, job.counts, job.report_size)
    try:
        with transaction.atomic():
            with collected(f"Import of {job.filename}"), transaction.atomic():
                importer.write(verdicts, now)
            size = report.write(verdicts)
            done = job.rows_done + len(verdicts)
            _renew(job, now, rows_done=done, counts=new, report_size=size, attempts=0)
    except BaseException:
        job.lease_until, job.rows_done, job.counts, job.report_size = before
        raise


def _audit(job: ImportJob, context: Context, counts: dict[str, Any], now: datetime) -> None:
    sums = {name: counts[name] for name in ("added", "changed", "unchanged", "refused")}
    record(
        caller=context.caller,
        action="import.applied",
        target=f"import {job.sid}",
        at=now,
        file=job.filename,
        registry=job.registry,
        **sums,
    )
