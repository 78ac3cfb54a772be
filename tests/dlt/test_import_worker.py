"""Workers that die, jobs that are taken up again: the registry holds what the job's count says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Account
from dlt.imports import work
from dlt.models import ContentTemplate, Header, ImportJob
from dlt.services import TemplateDraft, submit_template
from dlt.tasks import forget_old_imports, run_imports
from tests.builders import PE_ID, build_entity, build_header
from tests.dlt.import_files import (
    IMPORTS,
    checked,
    outcomes,
    sums,
    template_row,
    templates_csv,
    upload,
)

ROWS = 40


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours catches it."""


@pytest.fixture(autouse=True)
def _small(settings: Any, tmp_path: Any, monkeypatch: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(work, "BATCH", 10)


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


def applying(api: Client) -> ImportJob:
    job = checked(api, templates_csv(*(template_row(number) for number in range(ROWS))))
    api.post(f"{IMPORTS}/{job.sid}/apply", {}, content_type="application/json")
    return job


def die_after(batches: int):
    """Return a clock that ends the worker after some batches."""
    ticks = iter(range(1000))

    def clock():
        if next(ticks) > batches:
            raise Killed
        return timezone.now()

    return clock


def late():
    """A clock that shows the time when every lease has run out."""
    return timezone.now() + 2 * work.LEASE


@pytest.mark.parametrize("batches", [1, 2, 3, 4])
def test_a_killed_import_is_taken_up_where_it_was(api: Client, header: Header, batches: int):
    job = applying(api)
    with pytest.raises(Killed):
        work.run_once(die_after(batches))
    job.refresh_from_db()
    assert job.state == ImportJob.State.APPLYING
    assert ContentTemplate.objects.count() == job.rows_done < ROWS
    assert not work.run_once(timezone.now)  # the lease still holds
    assert work.run_once(late)
    job.refresh_from_db()
    assert job.state == ImportJob.State.DONE
    assert sums(job) == {"added": ROWS, "changed": 0, "unchanged": 0, "refused": 0}
    assert ContentTemplate.objects.count() == ROWS
    assert sorted(outcomes(api, job)) == list(range(2, ROWS + 2))


def test_what_a_dead_worker_left_in_the_report_is_cut_off(
    api: Client, header: Header, tmp_path: Any
):
    job = applying(api)
    with pytest.raises(Killed):
        work.run_once(die_after(2))
    job.refresh_from_db()
    [written] = tmp_path.rglob("*-written.csv")
    with written.open("ab") as file:
        file.write(b"99,added,half a li")
    work.run_once(late)
    assert 99 not in outcomes(api, job)
    assert len(outcomes(api, job)) == ROWS


def test_two_workers_never_write_one_job(api: Client, header: Header):
    job = applying(api)
    seen: list[object] = []

    def clock():
        now = timezone.now()
        if len(seen) == 3:
            # Another worker takes the job in the middle, as after a lease that ran out.
            ImportJob.objects.filter(pk=job.pk).update(lease_until=now + timedelta(hours=1))
        seen.append(now)
        return now

    work.run_once(clock)
    job.refresh_from_db()
    assert job.state == ImportJob.State.APPLYING
    assert ContentTemplate.objects.count() == job.rows_done


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(api: Client, header: Header):
    job = applying(api)
    for _ in range(work.TRIES):
        ImportJob.objects.filter(pk=job.pk).update(lease_until=None)
        with pytest.raises(Killed):
            work.run_once(die_after(0))
    ImportJob.objects.filter(pk=job.pk).update(lease_until=None)
    work.run_once(timezone.now)
    job.refresh_from_db()
    assert job.state == ImportJob.State.FAILED
    assert "three times" in job.problem


def test_a_cancelled_dry_run_stops(api: Client, header: Header):
    upload(api, templates_csv(*(template_row(number) for number in range(ROWS))))
    job = ImportJob.objects.get()
    seen: list[object] = []

    def clock():
        if len(seen) == 2:
            api.post(f"{IMPORTS}/{job.sid}/cancel")
        seen.append(1)
        return timezone.now()

    work.run_once(clock)
    job.refresh_from_db()
    assert job.state == ImportJob.State.CANCELLED


def test_what_somebody_registers_meanwhile_is_not_written_twice(
    account: Account, header: Header, api: Client, editor: Any
):
    job = applying(api)
    number, name, _, text, _ = template_row(5)
    draft = TemplateDraft(PE_ID, number, name, text, ["ACMECO"])
    from accounts.caller import caller_for

    caller = caller_for(editor)
    assert caller is not None
    submit_template(caller=caller, draft=draft, now=timezone.now())
    run_imports()
    job.refresh_from_db()
    assert sums(job) == {"added": ROWS - 1, "changed": 0, "unchanged": 1, "refused": 0}


def test_old_files_are_forgotten_and_the_sums_stay(api: Client, header: Header, tmp_path: Any):
    job = applying(api)
    run_imports()
    old = timezone.now() - timedelta(days=31)
    ImportJob.objects.filter(pk=job.pk).update(finished=old)
    forget_old_imports()
    job.refresh_from_db()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert (job.state, sums(job)["added"]) == ("done", ROWS)
    assert api.get(f"{IMPORTS}/{job.sid}/report.csv").status_code == 404


WORKER = """
import django, os, signal
django.setup()
from django.utils import timezone
from dlt.imports import work
work.BATCH = 10
batches = 0
def clock():
    global batches
    batches += 1
    if batches == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return timezone.now()
work.run_once(clock)
"""


@pytest.mark.django_db(transaction=True)
def test_sigkill_in_the_middle_loses_and_doubles_nothing(
    api: Client, header: Header, settings: Any
):
    """A real process with a real kill; the test's own tables carry the job over."""
    job = applying(api)
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        pytest.skip("needs the address of a database that another process can open")
    data = Path(settings.MEDIA_ROOT).parent / "data"
    data.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "flowbuilder.settings.local",
        "DATABASE_URL": f"sqlite:///{name}",
        "FLOWBUILDER_DATA": str(data),
    }
    (data / "media").symlink_to(settings.MEDIA_ROOT)
    done = subprocess.run([sys.executable, "-c", WORKER], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    job.refresh_from_db()
    assert job.state == ImportJob.State.APPLYING
    assert 0 < job.rows_done < ROWS
    assert ContentTemplate.objects.count() == job.rows_done
    work.run_once(late)
    job.refresh_from_db()
    assert (job.state, ContentTemplate.objects.count()) == ("done", ROWS)
    assert len(outcomes(api, job)) == ROWS
