"""Different clocks are reported, and the clock of the server can be turned."""

from __future__ import annotations

import time
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest
import structlog

from minishop_server.hosting.service import Service
from minishop_server.kit.clock_skew import difference
from minishop_server.kit.issuer import OFFSET
from minishop_server.kit.problems import Unauthorized
from minishop_server.kit.revocations import Revocations
from minishop_server.kit.tokens import TokenVerifier
from minishop_server.services.settings import Settings
from minishop_server.tools.doctor.command import findings
from tests.support.auth_servers import answering_as
from tests.support.clocks import stand_still, turn_forward
from tests.support.issuer import Auth
from tests.support.log import Log

NOW = 1_760_000_000.0


@pytest.mark.parametrize(
    ("told", "seconds"),
    [(NOW, 0), (NOW - 1, 0), (NOW + 1, 0), (NOW + 22, 20), (NOW - 22, -20)],
)
def test_a_difference_is_told_beyond_what_the_way_and_whole_seconds_explain(told: float, seconds: float) -> None:
    assert seconds == difference(formatdate(told, usegmt=True), NOW, NOW + 2)


@pytest.mark.parametrize("date", [None, "", "soon", "Thu, 99 Oct 2025 08:53:20 GMT"])
def test_no_date_tells_nothing(date: str | None) -> None:
    assert difference(date, NOW, NOW + 2) is None


@pytest.mark.parametrize(("ahead", "told"), [(0.0, []), (-20.0, [-18]), (20.0, [19])])
async def test_a_service_whose_clock_is_not_that_of_auth_says_so_in_its_log(
    ahead: float, told: list[int], tmp_path: Path, log: Log
) -> None:
    service = Service("catalog", Settings(data_dir=tmp_path), answering_as("auth", ahead=ahead))
    transport = httpx.ASGITransport(service)
    async with service.running(), httpx.AsyncClient(transport=transport, base_url="http://shop") as http:
        ready = await http.get("/catalog/readyz")

    assert 200 == ready.status_code  # it has the keys of Auth
    assert abs(OFFSET.rows["catalog",] - sum(told)) <= 2
    lines = [line for line in log.lines() if line["event"] == "clocks_differ"]
    assert len(told) == len(lines)
    for expected, line in zip(told, lines, strict=True):
        assert ("catalog", True) == (line["service"], abs(expected - line["auth_is_ahead_by"]) <= 2)


@pytest.mark.parametrize("seconds", [20, 55])
async def test_a_fresh_token_of_an_auth_that_is_ahead_is_taken(issuer: Auth, seconds: int) -> None:
    verifier = TokenVerifier("cart", issuer.keys, Revocations(issuer.revocations))
    now = time.time() + seconds

    assert "ada" == (await verifier.verify(issuer.token(iat=now, exp=now + 900))).username
    with pytest.raises(Unauthorized):
        await verifier.verify(issuer.token(iat=now + 60, exp=now + 900))


@pytest.mark.parametrize(("ahead", "what"), [(0.0, []), (-40.0, ["behind"]), (40.0, ["ahead of"])])
def test_doctor_names_a_clock_that_differs(ahead: float, what: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    http = httpx.Client(transport=answering_as("auth", ahead=ahead))
    monkeypatch.setattr(httpx, "get", http.get)
    settings = Settings.model_validate({"auth": {"url": "http://127.0.0.1:9"}})

    found = [finding.what for finding in findings(settings, {}) if "clock" in finding.what]

    assert len(what) == len(found)
    assert all(word in text for word, text in zip(what, found, strict=True))


async def test_turning_the_clock_ends_tokens(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token(exp=time.time() + 900)
    turn_forward(monkeypatch, 900)
    assert "ada" == (await verifier.verify(token)).username  # within the leeway

    turn_forward(monkeypatch, 970)
    assert verifier.known(token.encode()) is None
    with pytest.raises(Unauthorized):
        await verifier.verify(token)


async def test_lines_of_the_log_have_the_time_of_the_clock(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch, NOW)
    structlog.get_logger().warning("one_line")

    assert ["2025-10-09T08:53:20Z"] == [line["time"] for line in log.lines()]
