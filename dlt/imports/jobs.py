"""What people do with imports: upload, say which column is what, apply, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from django.core.files.base import File
from django.db import transaction

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import DomainError, NotFound
from core.tasks import enqueue_on_commit
from dlt.imports.fields import FIELDS, LABELS, REGISTRIES, Guess, guess, header_row, squeeze
from dlt.imports.jobs_kept import drop_files
from dlt.imports.limits import MOST_BYTES, FileBroken, FileTooLarge
from dlt.imports.table import Column, Source, columns_of, head_of, source_of
from dlt.models import Category, ColumnMapping, ImportJob, PrincipalEntity
from dlt.operators import OPERATORS
from dlt.services.decisions import only_admin
from dlt.tasks import run_imports

State = ImportJob.State
WITHOUT_ENTITY: Final = frozenset({"entity", "telemarketer", "dnd"})
_SUFFIXES: Final = (".csv", ".xlsx", ".txt", ".tsv")


class BadImport(DomainError):
    code = "dlt.bad_import"
    message = "{problem}"


class ImportState(DomainError):
    code = "dlt.import_state"
    message = "This import is {state}; that cannot be done now."
    status = 409


class NotAlone(DomainError):
    code = "dlt.import_not_alone"
    message = "Only an admin who is the account's only one may approve an own import at once."
    status = 403


class Upload(Protocol):
    """A file somebody sends: Django's UploadedFile has these."""

    name: str | None
    size: int | None


def job_of(account: Account, sid: str) -> ImportJob:
    """Return one of the account's imports; raises NotFound."""
    rows = ImportJob.objects.for_account(account).select_related("account", "created_by")
    job = rows.filter(sid=sid[:32]).first()
    if job is None:
        raise NotFound(what="import")
    return job


def start_import(
    *,
    caller: Caller,
    registry: str,
    upload: File[Any],
    now: datetime,
    operator: str = "",
    entity: str = "",
) -> ImportJob:
    """Take a file in and look at it; the dry run begins at once when its columns are certain.

    Raises NotAllowed, BadImport, NotATable, FileTooLarge, FileBroken; nothing is kept then.
    """
    caller.require(Role.EDITOR, "import records")
    _require_known(registry, operator)
    _require_size(upload)
    job = ImportJob(
        account=caller.account,
        registry=registry,
        operator=operator,
        filename=_filename(upload.name or ""),
        actor=caller.actor,
        created_by=caller.user,
        created=now,
    )
    job.options = {
        "entity": _entity(caller.account, registry, entity),
        "role": caller.role.value,
    }
    job.file.save(f"{job.sid}.upload", upload, save=False)
    try:
        _look_at(job)
        with transaction.atomic():
            _begin(job, caller, now)
    except BaseException:
        job.file.storage.delete(job.file.name or "")
        raise
    return job


def _require_known(registry: str, operator: str) -> None:
    if registry not in REGISTRIES:
        known = ", ".join(REGISTRIES)
        raise BadImport(field="registry", problem=f"There is no such registry. Known: {known}.")
    if operator and operator not in OPERATORS:
        known = ", ".join(OPERATORS)
        raise BadImport(field="operator", problem=f"There is no such operator. Known: {known}.")


def _require_size(upload: File[Any]) -> None:
    if upload.size > MOST_BYTES:
        megabytes = MOST_BYTES // 1024 // 1024
        raise FileTooLarge(field="file", problem=f"A file has {megabytes} MB at most.")
    if not upload.size:
        raise FileBroken(field="file", problem="The file is empty.")


def _filename(name: str) -> str:
    """Return the name people gave the file, without any folder and without control characters."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in plain if sign.isprintable())[:200] or "file"


def _entity(account: Account, registry: str, pe_id: str) -> str:
    """Return the entity of rows that name none: the one chosen, or the only one there is."""
    if registry in WITHOUT_ENTITY:
        return ""
    rows = PrincipalEntity.objects.for_account(account)
    if pe_id:
        if not rows.filter(pe_id=pe_id).exists():
            problem = f"Entity {pe_id[:40]} is not in this account."
            raise BadImport(field="entity", problem=problem)
        return pe_id
    ids = list(rows.values_list("pe_id", flat=True)[:2])
    return ids[0] if len(ids) == 1 else ""


def _look_at(job: ImportJob) -> None:
    """Read the head of the file into the job."""
    path = Path(job.file.path)
    source = source_of(path)
    head = head_of(path, source)
    if not head:
        raise FileBroken(field="file", problem="The file holds no rows.")
    row = header_row(job.registry, head)
    columns = columns_of(head, row)
    if row and len(head) == 1:
        raise FileBroken(field="file", problem="The file names columns but holds no rows.")
    job.options |= {"source": source.as_dict(), "header_row": row}
    job.encoding, job.delimiter, job.sheet = source.encoding, source.delimiter, source.sheet
    job.columns = [column.as_dict() for column in columns]
    job.warnings = _warnings(source)
    if source.kind == "csv":
        job.rows_total = _estimate(path, head)


def _warnings(source: Source) -> list[str]:
    found = []
    if source.is_windows:
        found.append(
            "The file is in Windows-1252, as Excel saves CSV. Letters beyond English may have been lost or"
            " garbled before: compare such texts with the portal, or upload the portal's own file."
        )
    if source.others:
        more = "another sheet" if source.others == 1 else f"{source.others} more sheets"
        found.append(f"The workbook has {more}; only the first, “{source.sheet}”, is read.")
    return found


def _estimate(path: Path, head: list[tuple[int, list[str]]]) -> int:
    """Return about how many rows there are, for the progress bar."""
    length = sum(len(cell.encode("utf-8", "replace")) + 1 for _, cells in head for cell in cells)
    return max(len(head), round(path.stat().st_size * len(head) / max(length, 1)))


def columns(job: ImportJob) -> list[Column]:
    return [Column.from_dict(kept) for kept in job.columns]


def guess_for(job: ImportJob) -> Guess:
    """Return which column holds what: as remembered for this operator, else by names and values."""
    found = columns(job)
    if not job.options["header_row"]:
        return _headless(job, found)
    remembered = _remembered(job, found)
    if remembered is not None:
        return Guess(remembered)
    guessed = guess(job.registry, [(one.index, one.name, one.samples) for one in found])
    return Guess(guessed.mapping, (*guessed.doubts, *_entity_doubts(job, guessed.mapping)))


def _headless(job: ImportJob, found: list[Column]) -> Guess:
    """A list of bare numbers is certain; other files without a header are not."""
    if job.registry == "dnd" and len(found) == 1:
        return Guess({"number": found[0].index})
    return Guess({}, ("The file has no row that names its columns.",))


def _remembered(job: ImportJob, found: list[Column]) -> dict[str, int] | None:
    kept = ColumnMapping.objects.for_account(job.account).filter(
        registry=job.registry, operator=job.operator
    )
    names: dict[str, str] = next(iter(kept.values_list("mapping", flat=True)), {})
    by_name = {squeeze(column.name): column.index for column in found}
    if not names or not set(names.values()) <= set(by_name):
        return None
    mapping = {field: by_name[name] for field, name in names.items()}
    return mapping if not missing_fields(job.registry, mapping) else None


def _entity_doubts(job: ImportJob, mapping: Mapping[str, int]) -> list[str]:
    if job.registry in WITHOUT_ENTITY or "entity" in mapping or job.options.get("entity"):
        return []
    return ["The file does not say whose records these are: choose an entity."]


def missing_fields(registry: str, mapping: Mapping[str, int]) -> list[str]:
    """Return the labels of required fields that no column holds."""
    return [f.label for f in FIELDS[registry] if f.required and f.name not in mapping]


def _begin(job: ImportJob, caller: Caller, now: datetime) -> None:
    guessed = guess_for(job)
    job.mapping = guessed.mapping
    certain = not guessed.doubts and not _entity_doubts(job, guessed.mapping)
    job.state = State.CHECKING if certain else State.MAPPING
    job.save()
    record(
        caller=caller,
        action="import.uploaded",
        target=f"import {job.sid}",
        at=now,
        file=job.filename,
        registry=job.registry,
    )
    if certain:
        enqueue_on_commit(run_imports)


@transaction.atomic
def map_columns(
    *,
    caller: Caller,
    sid: str,
    mapping: Mapping[str, int],
    now: datetime,
    entity: str = "",
    category: str = "",
    add_headers: bool = False,
) -> ImportJob:
    """Say which column holds what, remember it for the operator, and start the dry run.

    Raises NotAllowed, NotFound, ImportState, BadImport.
    """
    caller.require(Role.EDITOR, "import records")
    job = job_of(caller.account, sid)
    _require_mapping(job, mapping)
    if category and category not in Category.values:
        raise BadImport(field="category", problem="There is no such category.")
    options = job.options | {
        "entity": _entity(caller.account, job.registry, entity or job.options.get("entity", "")),
        "category": category,
        "add_headers": add_headers and job.registry == "template",
        "role": caller.role.value,
    }
    needs_entity = job.registry not in WITHOUT_ENTITY and "entity" not in mapping
    if needs_entity and not options["entity"]:
        raise BadImport(field="entity", problem="Choose whose records these are.")
    _move(
        job,
        (State.MAPPING, State.CHECKED),
        State.CHECKING,
        mapping=dict(mapping),
        options=options,
        rows_done=0,
        attempts=0,
        problem="",
        lease_until=None,
    )
    _remember(job, mapping, now)
    enqueue_on_commit(run_imports)
    return job


def _require_mapping(job: ImportJob, mapping: Mapping[str, int]) -> None:
    fields = {field.name for field in FIELDS[job.registry]}
    indexes = {column["index"] for column in job.columns}
    unknown = [name for name in mapping if name not in fields]
    if unknown:
        known = ", ".join(sorted(fields))
        problem = f"{LABELS[job.registry]} have no field “{unknown[0][:40]}”. Known: {known}."
        raise BadImport(field="mapping", problem=problem)
    if not set(mapping.values()) <= indexes:
        raise BadImport(field="mapping", problem="The file has no such column.")
    if len(set(mapping.values())) < len(mapping):
        raise BadImport(field="mapping", problem="One column cannot hold two things.")
    missing = missing_fields(job.registry, mapping)
    if missing:
        problem = f"Choose a column for: {', '.join(missing)}."
        raise BadImport(field="mapping", problem=problem)


def _move(job: ImportJob, sources: tuple[str, ...], to: str, **news: Any) -> None:
    """Change the job's state if it still is one of ``sources``; raises ImportState."""
    rows = ImportJob.objects.filter(pk=job.pk, state__in=sources)
    if not rows.update(state=to, **news):
        job.refresh_from_db(fields=["state"])
        raise ImportState(state=job.get_state_display().lower())
    job.refresh_from_db()


def _remember(job: ImportJob, mapping: Mapping[str, int], now: datetime) -> None:
    if not job.options["header_row"]:
        return
    names = {column["index"]: squeeze(column["name"]) for column in job.columns}
    ColumnMapping.objects.update_or_create(
        account=job.account,
        registry=job.registry,
        operator=job.operator,
        defaults={
            "mapping": {field: names[index] for field, index in mapping.items()},
            "updated": now,
        },
    )


@transaction.atomic
def apply_import(*, caller: Caller, sid: str, now: datetime, approve: bool = False) -> ImportJob:
    """Write what the dry run found good. ``approve``: at once, where nobody else could.

    Raises NotAllowed, NotFound, ImportState, NotAlone.
    """
    caller.require(Role.EDITOR, "import records")
    job = job_of(caller.account, sid)
    if approve and not (caller.may(Role.ADMIN) and only_admin(caller)):
        raise NotAlone(field="approve")
    options = job.options | {"approve": approve, "role": caller.role.value}
    _move(
        job,
        (State.CHECKED,),
        State.APPLYING,
        options=options,
        rows_done=0,
        report_size=0,
        attempts=0,
        lease_until=None,
        actor=caller.actor,
        created_by=caller.user,
    )
    record(
        caller=caller,
        action="import.confirmed",
        target=f"import {job.sid}",
        at=now,
        file=job.filename,
        approve=approve,
    )
    enqueue_on_commit(run_imports)
    return job


@transaction.atomic
def cancel_import(*, caller: Caller, sid: str, now: datetime) -> ImportJob:
    """Drop an import that has not written anything; raises NotAllowed, NotFound, ImportState."""
    caller.require(Role.EDITOR, "import records")
    job = job_of(caller.account, sid)
    sources = (State.MAPPING, State.CHECKING, State.CHECKED)
    _move(job, sources, State.CANCELLED, finished=now, lease_until=None)
    record(caller=caller, action="import.cancelled", target=f"import {job.sid}", at=now)
    transaction.on_commit(lambda: drop_files(job))
    return job
