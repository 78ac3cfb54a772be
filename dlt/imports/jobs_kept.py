"""How long uploaded files and their reports stay: they hold numbers and texts of people."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from dlt.models import ImportJob

KEPT: Final = timedelta(days=30)
# An upload that nobody finished.
LEFT_ALONE: Final = timedelta(days=2)
State = ImportJob.State
_OPEN: Final = (State.MAPPING, State.CHECKED)


def checked_name(job: ImportJob) -> str:
    """Return where the report of the dry run lies, beside the file."""
    return f"{Path(job.file.name or '').parent}/{job.sid}-checked.csv"


def written_name(job: ImportJob) -> str:
    """Return where the report of the import itself lies."""
    return f"{Path(job.file.name or '').parent}/{job.sid}-written.csv"


def drop_files(job: ImportJob) -> None:
    """Delete what an import has on disk. The job itself stays, with its counts."""
    for name in (job.file.name, checked_name(job), written_name(job)):
        if name:
            job.file.storage.delete(name)
    ImportJob.objects.filter(pk=job.pk).update(file="", report="")


def forget_old_files(now: datetime) -> int:
    """Cancel uploads that were left alone and drop files that are old; return how many."""
    left = ImportJob.objects.filter(state__in=_OPEN, created__lt=now - LEFT_ALONE)
    left.update(state=State.CANCELLED, finished=now)
    over = (State.DONE, State.FAILED, State.CANCELLED)
    old = ImportJob.objects.filter(state__in=over).exclude(file="")
    jobs = list(old.filter(finished__lt=now - KEPT)[:500])
    jobs += list(old.filter(state=State.CANCELLED, finished__lte=now)[:500])
    for job in jobs:
        drop_files(job)
    return len(jobs)
