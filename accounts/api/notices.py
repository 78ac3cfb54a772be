"""Notices over HTTP."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from accounts.models import Notice, Role
from accounts.notices import mark_read, notices_of, unread_of
from core.times import rfc3339

PAGE: Final = 50
MOST: Final = 500
LARGEST: Final = 2**62
Answer = dict[str, Any]


class ListInput(serializers.Serializer[Any]):
    cursor = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False)
    unread = serializers.BooleanField(default=False, help_text="Only what still needs attention.")


class ReadInput(serializers.Serializer[Any]):
    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST),
        max_length=MOST,
        required=False,
        help_text="The notices that were read; without it, all of them.",
    )


def _present(notice: Notice, *, was_read: bool) -> Answer:
    return {
        "id": notice.pk,
        "at": rfc3339(notice.at),
        "kind": notice.kind,
        "text": notice.text,
        "link": notice.link,
        "read": was_read,
        "settled": rfc3339(notice.settled) if notice.settled else None,
    }


class Notices(AccountAPIView):
    @extend_schema(parameters=[ListInput], responses=Answer, operation_id="notices_list")
    def get(self, request: Request) -> Response:
        """List what happened that you should know, newest first, in pages of 50."""
        checked = ListInput(data=request.query_params)
        checked.is_valid(raise_exception=True)
        values = checked.validated_data
        rows = unread_of(self.caller) if values["unread"] else notices_of(self.caller)
        if values.get("cursor"):
            rows = rows.filter(pk__lt=values["cursor"])
        page = list(rows[: PAGE + 1])
        shown = [
            _present(row, was_read=bool(getattr(row, "was_read", False))) for row in page[:PAGE]
        ]
        following = str(page[PAGE - 1].pk) if len(page) > PAGE else None
        return Response(
            {"notices": shown, "unread": unread_of(self.caller).count(), "next": following}
        )


class NoticesRead(AccountAPIView):
    role_to_change = Role.VIEWER  # what one has read is one's own

    @extend_schema(request=ReadInput, responses=Answer, operation_id="notices_read")
    def post(self, request: Request) -> Response:
        """Note that you have read some notices, or all of them."""
        checked = ReadInput(data=request.data)
        checked.is_valid(raise_exception=True)
        ids = checked.validated_data.get("ids")
        mark_read(caller=self.caller, ids=ids, now=timezone.now())
        return Response({"unread": unread_of(self.caller).count()})
