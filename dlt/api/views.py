"""The registries over HTTP: list, look up, submit, edit, decide. One view for each concern, for all kinds."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Role
from core.errors import DomainError, NotFound
from dlt import services
from dlt.api import inputs
from dlt.api.resources import RESOURCES, Resource
from dlt.api.schema import RegistrySchema
from dlt.api.shapes import SHAPES, Shape, event_shape, settings_shape, whole_shape
from dlt.audit_trail import history_of
from dlt.lists import find, find_record
from dlt.models import Record, Source
from dlt.registry import LABELS
from dlt.reviews import findings_of
from dlt.rules import rules_of
from dlt.transitions import VERBS

PAGE = 200


def _wanted(serializer: type[serializers.Serializer[Any]], data: Any) -> Shape:
    given = serializer(data=data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _refuse_unknown(serializer: type[serializers.Serializer[Any]], data: Any) -> None:
    """Refuse fields that never change, instead of leaving them out without a word."""
    known = serializer().fields
    unknown = [name for name in data if name not in known] if isinstance(data, dict) else []
    if unknown:
        told = f"This cannot be changed. What can: {', '.join(known)}."
        raise serializers.ValidationError({str(name)[:40]: told for name in unknown[:10]})


class RegistryView(AccountAPIView):
    """A view of one registry, named by ``resource``."""

    schema = RegistrySchema()
    resource: Resource = RESOURCES["template"]
    summaries: ClassVar[dict[str, str]] = {}
    makes: ClassVar[bool] = False
    lists: ClassVar[bool] = False

    @property
    def kind(self) -> str:
        return self.resource.kind

    def input_of(self, method: str) -> type[serializers.Serializer[Any]] | None:
        """Return what is sent, for the API description."""
        return None

    def action_of(self, method: str) -> str:
        """Return the last word of the operation's name, for the API description."""
        raise NotImplementedError

    def record(self, key: str) -> Record:
        """Return the record by our id or by the registry's own; raises NotFound."""
        row: Record | None = find_record(self.account, self.kind, key)
        if row is None:
            raise NotFound(what=LABELS[self.kind].lower())
        return row

    def whole(self, row: Record) -> Shape:
        """Return a record with what may be done to it and what operators may object to."""
        fresh = self.record(str(row.pk))
        findings = [finding.as_dict() for finding in findings_of(fresh)]
        return {**whole_shape(fresh, rules_of(self.account)), "findings": findings}


class RecordList(RegistryView):
    makes = True
    lists = True
    summaries: ClassVar[dict[str, str]] = {
        "get": "List the records of the registry ({what}), newest first",
        "post": "Submit a record ({what}); it waits for an admin",
    }

    def action_of(self, method: str) -> str:
        return "list" if method == "GET" else "create"

    def input_of(self, method: str) -> type[serializers.Serializer[Any]] | None:
        return self.resource.create_input if method == "POST" else None

    def get(self, request: Request) -> Response:
        """List records."""
        wanted = _wanted(inputs.LIST_INPUTS[self.kind], request.query_params)
        cursor, q = wanted.pop("cursor", None), wanted.pop("q")
        rows = find(self.account, self.kind, q=q, chosen=wanted)
        return self._page(rows, cursor)

    def post(self, request: Request) -> Response:
        """Submit a record; it waits for an admin."""
        given = _wanted(self.resource.create_input, request.data)
        row = self.resource.make(self.caller, given, timezone.now())
        return Response(self.whole(row), status.HTTP_201_CREATED)

    def _page(self, rows: QuerySet[Model], cursor: int | None) -> Response:
        """Answer one page, newest first; ``next`` is the cursor of the page after it."""
        if cursor is not None:
            rows = rows.filter(pk__lt=cursor)
        found = list(rows.order_by("-pk")[: PAGE + 1])
        more = str(found[PAGE - 1].pk) if len(found) > PAGE else None
        rules, shape = rules_of(self.account), SHAPES[self.kind]
        shown = [shape(row, rules) for row in found[:PAGE]]
        return Response({self.resource.plural: shown, "next": more})


class RecordDetail(RegistryView):
    summaries: ClassVar[dict[str, str]] = {
        "get": "Show one record ({what}) with what may be done to it",
        "patch": "Change what may be changed of a record ({what})",
    }

    def action_of(self, method: str) -> str:
        return "read" if method == "GET" else "change"

    def input_of(self, method: str) -> type[serializers.Serializer[Any]] | None:
        return self.resource.edit_input if method == "PATCH" else None

    def get(self, request: Request, key: str) -> Response:
        """Show one record."""
        return Response(self.whole(self.record(key)))


class EditableRecord(RecordDetail):
    """Of the kinds that can be edited."""

    def patch(self, request: Request, key: str) -> Response:
        """Change a record. What is left out stays as it is."""
        row = self.record(key)
        edit, edit_input = self.resource.edit, self.resource.edit_input
        assert edit is not None  # noqa: S101 -- its address is not made otherwise
        assert edit_input is not None  # noqa: S101 -- as above
        _refuse_unknown(edit_input, request.data)
        changes = _wanted(edit_input, request.data)
        return Response(
            self.whole(edit(caller=self.caller, pk=row.pk, now=timezone.now(), **changes))
        )


class RecordVerb(RegistryView):
    """Do one of the verbs of ``dlt.transitions``; the table says who may."""

    summaries: ClassVar[dict[str, str]] = {
        "post": "Change the state of a record ({what}): approve, reject, suspend and so on"
    }

    def action_of(self, method: str) -> str:
        return "decide"

    def input_of(self, method: str) -> type[serializers.Serializer[Any]] | None:
        return inputs.VerbInput

    def post(self, request: Request, key: str, verb: str) -> Response:
        """Change a record's state."""
        pk = self.record(key).pk
        known = VERBS[self.kind].get(verb)
        shape = inputs.ReasonInput if known and known.needs_reason else inputs.VerbInput
        reason = _wanted(shape, request.data)["reason"]
        row = services.change(
            caller=self.caller,
            kind=self.kind,
            pk=pk,
            verb=verb,
            reason=reason,
            now=timezone.now(),
            source=Source.API,
        )
        return Response(self.whole(row))


class RecordUndo(RegistryView):
    role_to_change = Role.ADMIN
    summaries: ClassVar[dict[str, str]] = {
        "post": "Take back the last decision about a record ({what})"
    }

    def action_of(self, method: str) -> str:
        return "undo"

    def post(self, request: Request, key: str) -> Response:
        """Take back the last decision, within half an hour and as long as nothing was sent."""
        pk = self.record(key).pk
        row = services.undo(caller=self.caller, kind=self.kind, pk=pk, now=timezone.now())
        return Response(self.whole(row))


class RecordHistory(RegistryView):
    summaries: ClassVar[dict[str, str]] = {
        "get": "Tell what happened to a record ({what}), newest first"
    }

    def action_of(self, method: str) -> str:
        return "history"

    def get(self, request: Request, key: str) -> Response:
        """Tell who did what to a record, when and why."""
        events = history_of(self.account, self.record(key))
        return Response({"events": [event_shape(event) for event in events]})


class RecordBulk(RegistryView):
    """Do the same to many records; each stands or falls by itself."""

    summaries: ClassVar[dict[str, str]] = {
        "post": "Change the state of many records ({what}); each has its own result"
    }

    def action_of(self, method: str) -> str:
        return "bulk"

    def input_of(self, method: str) -> type[serializers.Serializer[Any]] | None:
        return inputs.BulkInput

    def post(self, request: Request) -> Response:
        """Do the same to each of ``ids``: ours or the registry's own."""
        given = _wanted(inputs.BulkInput, request.data)
        keys = list(dict.fromkeys(given["ids"]))
        found = {key: find_record(self.account, self.kind, key) for key in keys}
        done = services.change_many(
            caller=self.caller,
            records=[(self.kind, row.pk) for row in found.values() if row is not None],
            verb=given["verb"],
            reason=given["reason"],
            now=timezone.now(),
        )
        results = {one.pk: one for one in done}
        unknown = NotFound(what=LABELS[self.kind].lower())
        answers = [
            _result(key, results.get(row.pk) if row else None, unknown)
            for key, row in found.items()
        ]
        failed = sum(not answer["ok"] for answer in answers)
        return Response({"results": answers, "done": len(answers) - failed, "failed": failed})


def _result(key: str, done: services.Done | None, unknown: DomainError) -> Shape:
    error = unknown if done is None else done.error
    if error is not None:
        told = {"code": error.code, "message": str(error), "context": error.context}
        return {"id": key, "ok": False, "error": told}
    assert done is not None  # noqa: S101 -- without a result there is an error
    assert done.row is not None  # noqa: S101
    return {"id": key, "ok": True, "state": done.row.state}


class TemplateOperator(AccountAPIView):
    """What one operator says of a template."""

    role_to_change = Role.ADMIN

    @extend_schema(
        request=inputs.OperatorInput,
        responses=dict[str, Any],
        operation_id="dlt_templates_operator",
    )
    def put(self, request: Request, key: str, operator: str) -> Response:
        """Note what an operator's portal says of a template: inactive at one, fine at the others."""
        row = find_record(self.account, "template", key)
        if row is None:
            raise NotFound(what="template")
        given = _wanted(inputs.OperatorInput, request.data)
        changed = services.set_operator_state(
            caller=self.caller, pk=row.pk, operator=operator, now=timezone.now(), **given
        )
        return Response(whole_shape(changed, rules_of(self.account)))


class Settings(AccountAPIView):
    """An account's choices where operators and sources differ."""

    role_to_change = Role.ADMIN

    @extend_schema(responses=dict[str, Any], operation_id="dlt_settings_read")
    def get(self, request: Request) -> Response:
        """Show limits, operator profiles, checks and times."""
        return Response(settings_shape(services.settings_of(self.account)))

    @extend_schema(
        request=inputs.SettingsInput, responses=dict[str, Any], operation_id="dlt_settings_change"
    )
    def patch(self, request: Request) -> Response:
        """Change some of the settings. What is left out stays as it is."""
        changes = _wanted(inputs.SettingsInput, request.data)
        row = services.change_settings(caller=self.caller, changes=changes, now=timezone.now())
        return Response(settings_shape(row))
