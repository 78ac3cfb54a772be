"""Export and import of flows over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from core.plain import check_plain
from flows.exchange import exports
from flows.exchange.files import LARGEST_UPLOAD
from flows.exchange.imports import Imported, Target, import_flows, look_into
from flows.present import present_issues
from flows.secrets import as_seen
from flows.services import flow_named
from flows.versions import DRAFT, graph_at

Answer = dict[str, Any]


class FlowsExportInput(serializers.Serializer[Any]):
    ids = serializers.CharField(
        max_length=40_000,
        default="",
        allow_blank=True,
        help_text="Flows, separated by commas; without it all of them, 500 at most.",
    )


class FlowExportInput(serializers.Serializer[Any]):
    version = serializers.CharField(
        max_length=20,
        default="draft",
        help_text="`draft`, `live` or the number of a version.",
    )


class FlowFileInput(serializers.Serializer[Any]):
    file = serializers.FileField(
        allow_empty_file=True, help_text="One flow as JSON, or a zip of them: 6 MB at most."
    )
    dry_run = serializers.BooleanField(
        default=False, help_text="Say what would happen; store nothing."
    )
    into = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="The flow whose draft to replace."
    )
    base_hash = serializers.CharField(
        max_length=64,
        default="",
        allow_blank=True,
        help_text="With `into`: the hash of the draft that was looked at.",
    )


def given(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """Check the shape of a request and return its values."""
    checked = serializer(data=data)
    checked.is_valid(raise_exception=True)
    values: dict[str, Any] = checked.validated_data
    return values


def as_download(content: str | bytes, name: str, kind: str) -> HttpResponse:
    """Return a file that the browser saves under a name."""
    answer = HttpResponse(content, content_type=kind)
    header = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = header or "attachment"
    return answer


def read_file(upload: Any) -> bytes:
    """Return an upload's bytes, one more than may be at most: the reader says that it is too much."""
    data: bytes = upload.read(LARGEST_UPLOAD + 1)
    return data


def import_shape(row: Imported) -> Answer:
    error = row.error
    context = error.context if error and check_plain(error.context) is None else {}
    return {
        "file": row.file,
        "name": row.name,
        "named_in_file": row.named_in_file or None,
        "outcome": row.outcome,
        "flow": row.flow.sid if row.flow else None,
        "applets": row.applets,
        "issues": present_issues(list(row.issues)),
        "error": {"code": error.code, "message": str(error), "context": context} if error else None,
    }


class FlowExport(AccountAPIView):
    @extend_schema(
        parameters=[FlowExportInput],
        responses={(200, "application/json"): OpenApiTypes.BINARY},
        operation_id="flows_export_one",
    )
    def get(self, request: Request, sid: str) -> HttpResponse:
        """Download a flow as a file: its draft, or with `version` what calls run or once ran."""
        flow = flow_named(self.account, sid)
        version = given(FlowExportInput, request.query_params)["version"]
        graph = as_seen(graph_at(flow, version or DRAFT), self.caller)
        text = exports.file_text(flow.name, graph)
        return as_download(text, exports.file_name(flow.name), "application/json")


class FlowsExport(AccountAPIView):
    @extend_schema(
        parameters=[FlowsExportInput],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
        operation_id="flows_export",
    )
    def get(self, request: Request) -> HttpResponse:
        """Download the drafts of many flows as a zip, one file each."""
        named = ",".join(request.query_params.getlist("ids"))
        ids = given(FlowsExportInput, {**request.query_params.dict(), "ids": named})["ids"]
        wanted = [sid.strip() for sid in ids.split(",") if sid.strip()]
        flows = exports.flows_to_export(self.account, wanted)
        return as_download(exports.archive_of(flows, self.caller), "flows.zip", "application/zip")


class FlowsImport(AccountAPIView):
    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()]

    @extend_schema(
        request={"multipart/form-data": FlowFileInput},
        responses={200: Answer, 201: Answer},
        operation_id="flows_import",
    )
    def post(self, request: Request) -> Response:
        """Make flows from a file, or replace the draft of `into`. Nothing is published."""
        values = given(FlowFileInput, request.data)
        into = flow_named(self.account, values["into"]) if values["into"] else None
        upload = values["file"]
        data = read_file(upload)
        if values["dry_run"]:
            rows = look_into(caller=self.caller, filename=upload.name, data=data, into=into)
        else:
            rows = import_flows(
                caller=self.caller,
                filename=upload.name,
                data=data,
                now=timezone.now(),
                into=Target(into, values["base_hash"]) if into else None,
            )
        made = not values["dry_run"] and any(row.outcome == "new" for row in rows)
        answer = {"dry_run": values["dry_run"], "flows": [import_shape(row) for row in rows]}
        return Response(answer, status.HTTP_201_CREATED if made else status.HTTP_200_OK)
