# Generated from openapi/ by scripts/generate.py: do not edit.
"""Pending work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from minishop_client.calls import (
    Call,
    given,
    read_list,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
    Work,
)


def _list_work(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
) -> Call[list[Work]]:
    return Call(
        "GET",
        "/orders/work",
        read_list(Work.from_dict),
        params=given({"limit": limit, "cursor": cursor, "parked": parked}),
    )


def _resume_work(work_id: int) -> Call[Work]:
    return Call(
        "POST",
        f"/orders/work/{segment(work_id)}/resume",
        read_object(Work.from_dict),
    )


class WorkResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> Response[list[Work]]:
        """List pending work."""
        return self._send(_list_work(limit=limit, cursor=cursor, parked=parked))

    def resume_work(self, work_id: int) -> Response[Work]:
        """Try work again at once."""
        return self._send(_resume_work(work_id=work_id))


class WorkResource(Api):
    """Pending work. Each method returns the value or raises an ApiError."""

    def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> list[Work]:
        """List pending work.

        Admins and services. Work that failed too often is parked until an admin resumes it. The
        other work is in progress or waits for its next try. Newest first.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            parked: Whether to list parked work or the other work.
        """
        answer = self._send(_list_work(limit=limit, cursor=cursor, parked=parked))
        return answer.parsed

    def iter_work(self, *, limit: int | Unset = 20, parked: bool | Unset = True) -> Iterator[Work]:
        """Every item of `list_work`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(_list_work(cursor=cursor, limit=limit, parked=parked))
        )

    def resume_work(self, work_id: int) -> Work:
        """Try work again at once.

        Admins only, for work that is parked or waits for its next try. The number of attempts
        starts again at 0. Work that is in progress or done is answered with 404.

        Args:
            work_id: The number of the work.
        """
        answer = self._send(_resume_work(work_id=work_id))
        return answer.parsed


class AsyncWorkResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> Response[list[Work]]:
        """List pending work."""
        return await self._send(_list_work(limit=limit, cursor=cursor, parked=parked))

    async def resume_work(self, work_id: int) -> Response[Work]:
        """Try work again at once."""
        return await self._send(_resume_work(work_id=work_id))


class AsyncWorkResource(AsyncApi):
    """Pending work. Each method returns the value or raises an ApiError."""

    async def list_work(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET, parked: bool | Unset = True
    ) -> list[Work]:
        """List pending work.

        Admins and services. Work that failed too often is parked until an admin resumes it. The
        other work is in progress or waits for its next try. Newest first.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            parked: Whether to list parked work or the other work.
        """
        answer = await self._send(_list_work(limit=limit, cursor=cursor, parked=parked))
        return answer.parsed

    def iter_work(
        self, *, limit: int | Unset = 20, parked: bool | Unset = True
    ) -> AsyncIterator[Work]:
        """Every item of `list_work`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(_list_work(cursor=cursor, limit=limit, parked=parked))
        )

    async def resume_work(self, work_id: int) -> Work:
        """Try work again at once.

        Admins only, for work that is parked or waits for its next try. The number of attempts
        starts again at 0. Work that is in progress or done is answered with 404.

        Args:
            work_id: The number of the work.
        """
        answer = await self._send(_resume_work(work_id=work_id))
        return answer.parsed
