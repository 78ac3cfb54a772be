"""Reading files of flows that come from anywhere: one flow as JSON, or many in a zip. Stores nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, ClassVar, Final

from core.errors import DomainError
from flows.exchange.exports import FORMAT, SUFFIX
from flows.graph import Graph, parse

LARGEST_UPLOAD: Final = 6 * 1024 * 1024
LARGEST_FLOW: Final = 4 * 1024 * 1024
LARGEST_TOTAL: Final = 32 * 1024 * 1024
"""Bytes of all flows of one archive, unpacked."""
MOST_FLOWS: Final = 200

_ZIP: Final = b"PK"
_NOT_OURS: Final = ("__MACOSX", ".")


class FlowFileNotJson(DomainError):
    """The file cannot be read as JSON at all."""

    code: ClassVar[str] = "flows.file_not_json"
    message: ClassVar[str] = "“{file}” is not JSON: {problem}."


class FlowFileNotAFlow(DomainError):
    """The JSON is something else than an exported flow."""

    code: ClassVar[str] = "flows.file_not_a_flow"
    message: ClassVar[str] = "“{file}” is no exported flow: {problem}."


class FlowFileNewer(DomainError):
    """A later installation wrote the file."""

    code: ClassVar[str] = "flows.file_newer"
    message: ClassVar[str] = (
        "“{file}” is written in format {format}; this installation reads {known}. Update it first."
    )


class FlowFileTooLarge(DomainError):
    """The file, or what an archive unpacks to, is larger than flows are."""

    code: ClassVar[str] = "flows.file_too_large"
    message: ClassVar[str] = "“{file}” is too large: {problem}."


class FlowFileBadZip(DomainError):
    """The archive is damaged, locked, or has no flow in it."""

    code: ClassVar[str] = "flows.file_bad_zip"
    message: ClassVar[str] = "“{file}” cannot be unpacked: {problem}."


@dataclass(frozen=True, slots=True)
class FlowFile:
    """One flow as a file holds it, or why it cannot be read."""

    file: str
    name: str = ""
    graph: Graph | None = None
    error: DomainError | None = None


def read_upload(filename: str, data: bytes) -> list[FlowFile]:
    """Return the flows of an upload in the order of the archive.

    A flow of an archive that cannot be read is told beside the others.

    Raises:
        FlowFileBadZip, FlowFileTooLarge: the archive as a whole cannot be taken.
    """
    shown = filename[-100:] or "file"
    if len(data) > LARGEST_UPLOAD:
        raise FlowFileTooLarge(file=shown, problem=f"at most {_megabytes(LARGEST_UPLOAD)} are read")
    if data.startswith(_ZIP):
        return [_read(name, content) for name, content in _unpacked(shown, data)]
    return [_read(shown, data)]


def _read(file: str, data: bytes) -> FlowFile:
    try:
        name, graph = _flow_in(file, data)
    except DomainError as error:
        return FlowFile(file, _stem(file), error=error)
    return FlowFile(file, name, graph)


def _flow_in(file: str, data: bytes) -> tuple[str, Graph]:
    if len(data) > LARGEST_FLOW:
        raise FlowFileTooLarge(
            file=file, problem=f"one flow has at most {_megabytes(LARGEST_FLOW)}"
        )
    value = _json_in(file, data)
    if not isinstance(value, dict):
        raise FlowFileNotAFlow(file=file, problem="it is not an object")
    if "flowbuilder" not in value:
        if "nodes" not in value:
            raise FlowFileNotAFlow(file=file, problem="it has neither “flowbuilder” nor “nodes”")
        return _stem(file), parse(value)  # a bare graph, as the API takes it
    form = value["flowbuilder"]
    if isinstance(form, bool) or not isinstance(form, int) or form < 1:
        raise FlowFileNotAFlow(file=file, problem="“flowbuilder” must be the number 1")
    if form > FORMAT:
        raise FlowFileNewer(file=file, format=form, known=FORMAT)
    name = value.get("name", "")
    if not isinstance(name, str):
        raise FlowFileNotAFlow(file=file, problem="“name” must be a text")
    return name or _stem(file), parse(value.get("graph"))


def _json_in(file: str, data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FlowFileNotJson(file=file, problem="it is not UTF-8 text") from None
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FlowFileNotJson(file=file, problem=f"{error.msg} at {where}") from None
    except RecursionError:
        raise FlowFileNotJson(file=file, problem="it is nested too deeply") from None
    except ValueError as error:
        raise FlowFileNotJson(file=file, problem=str(error)[:100].rstrip(".")) from None


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _unpacked(shown: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of an archive's flows; stops reading where it gets too much."""
    left = LARGEST_TOTAL
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in _flows_of(shown, archive):
                # What an archive says of its sizes may be a lie: what comes out is counted.
                with archive.open(info) as opened:
                    content = opened.read(min(LARGEST_FLOW, left) + 1)
                left -= len(content)
                if left < 0:
                    problem = f"it unpacks to more than {_megabytes(LARGEST_TOTAL)}"
                    raise FlowFileTooLarge(file=shown, problem=problem)
                yield info.filename[-100:], content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        problem = "it is damaged, locked or of an unknown kind"
        raise FlowFileBadZip(file=shown, problem=problem) from error


def _flows_of(shown: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [info for info in archive.infolist() if _may_be_a_flow(info)]
    if not found:
        raise FlowFileBadZip(file=shown, problem="there is no .json file in it")
    if len(found) > MOST_FLOWS:
        raise FlowFileTooLarge(file=shown, problem=f"at most {MOST_FLOWS} flows are read at once")
    return found


def _may_be_a_flow(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename).parts
    hidden = any(part.startswith(_NOT_OURS) for part in parts)
    return not info.is_dir() and not hidden and info.filename.lower().endswith(".json")


def _stem(file: str) -> str:
    name = PurePosixPath(file.replace("\\", "/")).name
    return name.removesuffix(SUFFIX).removesuffix(".json")


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
