"""Import and export over HTTP: upload, look, say what the columns are, apply; or take a registry out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from core.errors import NotFound
from core.times import rfc3339
from dlt.exports.downloads import export
from dlt.imports import jobs
from dlt.imports.fields import FIELDS, SLUG_OF, SLUGS
from dlt.models import Category, ImportJob
from dlt.operators import OPERATORS

PAGE = 100


class ImportInput(serializers.Serializer[Any]):
    registry = serializers.ChoiceField(tuple(SLUGS))
    file = serializers.FileField(help_text="CSV or XLSX, up to 50 MB and 200,000 rows.")
    operator = serializers.ChoiceField(tuple(OPERATORS), default="", allow_blank=True)
    entity = serializers.CharField(
        max_length=20,
        default="",
        allow_blank=True,
        help_text="The pe_id of rows that name no entity. Not needed when the account has one.",
    )


class ColumnsInput(serializers.Serializer[Any]):
    mapping = serializers.DictField(
        child=serializers.CharField(max_length=200),
        help_text="Field to column name, as in the job's columns: {template_id: DLT Template ID}.",
    )
    entity = serializers.CharField(max_length=20, default="", allow_blank=True)
    category = serializers.ChoiceField(Category.choices, default="", allow_blank=True)
    add_headers = serializers.BooleanField(default=False)


class ApplyInput(serializers.Serializer[Any]):
    approve = serializers.BooleanField(
        default=False, help_text="Approve at once: only for an admin who is the account's only one."
    )


def import_shape(job: ImportJob) -> dict[str, Any]:
    names = {column["index"]: column["name"] for column in job.columns}
    missing = jobs.missing_fields(job.registry, job.mapping)
    return {
        "sid": job.sid,
        "registry": SLUG_OF[job.registry],
        "operator": job.operator,
        "filename": job.filename,
        "state": job.state,
        "columns": job.columns,
        "fields": [
            {"name": field.name, "label": field.label, "required": field.required}
            for field in FIELDS[job.registry]
        ],
        "mapping": {field: names.get(index, "") for field, index in job.mapping.items()},
        "missing": missing,
        "warnings": job.warnings,
        "rows_total": job.rows_total,
        "rows_done": job.rows_done,
        "counts": job.counts,
        "problem": job.problem,
        "has_report": bool(job.report),
        "created": rfc3339(job.created),
        "finished": rfc3339(job.finished) if job.finished else None,
    }


def _wanted(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    given = serializer(data=data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class Imports(AccountAPIView):
    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()]

    @extend_schema(responses=dict[str, Any])
    def get(self, request: Request) -> Response:
        """List the last imports."""
        found = ImportJob.objects.for_account(self.account).newest_first()[:PAGE]
        return Response({"imports": [import_shape(job) for job in found]})

    @extend_schema(request={"multipart/form-data": ImportInput}, responses={201: dict[str, Any]})
    def post(self, request: Request) -> Response:
        """Upload a file. The dry run begins at once when its columns are certain."""
        data = _wanted(ImportInput, request.data)
        job = jobs.start_import(
            caller=self.caller,
            registry=SLUGS[data["registry"]],
            upload=data["file"],
            operator=data["operator"],
            entity=data["entity"],
            now=timezone.now(),
        )
        return Response(import_shape(job), status.HTTP_201_CREATED)


class ImportDetail(AccountAPIView):
    @extend_schema(responses=dict[str, Any])
    def get(self, request: Request, sid: str) -> Response:
        """Show how far an import is."""
        return Response(import_shape(jobs.job_of(self.account, sid)))


class ImportColumns(AccountAPIView):
    @extend_schema(request=ColumnsInput, responses=dict[str, Any])
    def post(self, request: Request, sid: str) -> Response:
        """Say which column holds what, and start the dry run."""
        job = jobs.job_of(self.account, sid)
        data = _wanted(ColumnsInput, request.data)
        indexes = {column["name"]: column["index"] for column in job.columns}
        for name in data["mapping"].values():
            if name not in indexes:
                problem = f"The file has no column “{name[:60]}”."
                raise jobs.BadImport(field="mapping", problem=problem)
        mapping = {field: indexes[name] for field, name in data.pop("mapping").items()}
        job = jobs.map_columns(
            caller=self.caller, sid=sid, mapping=mapping, now=timezone.now(), **data
        )
        return Response(import_shape(job))


class ImportApply(AccountAPIView):
    @extend_schema(request=ApplyInput, responses=dict[str, Any])
    def post(self, request: Request, sid: str) -> Response:
        """Write what the dry run found good."""
        data = _wanted(ApplyInput, request.data)
        job = jobs.apply_import(caller=self.caller, sid=sid, now=timezone.now(), **data)
        return Response(import_shape(job))


class ImportCancel(AccountAPIView):
    @extend_schema(request=None, responses=dict[str, Any])
    def post(self, request: Request, sid: str) -> Response:
        """Drop an import that has not written anything."""
        job = jobs.cancel_import(caller=self.caller, sid=sid, now=timezone.now())
        return Response(import_shape(job))


class ImportReport(AccountAPIView):
    @extend_schema(
        operation_id="dlt_imports_report_retrieve",
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, sid: str) -> FileResponse:
        """Download what became of each row, as CSV."""
        job = jobs.job_of(self.account, sid)
        if not job.report:
            raise NotFound(what="report")
        return FileResponse(
            Path(job.report.path).open("rb"),
            as_attachment=True,
            filename=f"import-{job.sid}.csv",
            content_type="text/csv; charset=utf-8",
        )


class Export(AccountAPIView):
    @extend_schema(
        operation_id="dlt_exports_retrieve",
        parameters=[
            OpenApiParameter("slug", str, OpenApiParameter.PATH, enum=list(SLUGS)),
            OpenApiParameter("form", str, OpenApiParameter.PATH, enum=["csv", "xlsx"]),
            OpenApiParameter("q", str),
            OpenApiParameter("state", str),
        ],
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, slug: str, form: str) -> StreamingHttpResponse:
        """Download a registry, narrowed as its list is."""
        chosen = {name: value[:100] for name, value in request.query_params.dict().items()}
        return export(
            request=request._request,  # noqa: SLF001 -- DRF's wrapper hides which server it is
            caller=self.caller,
            slug=slug,
            form=form,
            chosen=chosen,
            now=timezone.now(),
        )
