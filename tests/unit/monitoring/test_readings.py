"""Gauges that are read from the services when a scrape asks for them."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.monitoring.readings import READY, Readings
from minishop_server.hosting.service import Service
from minishop_server.services.auth.settings import AuthSettings
from minishop_server.services.settings import Settings
from minishop_server.tools.postgres import running_postgres

MOST = 8.0
"""Seconds for a scrape: less than asyncpg needs to give a statement of a frozen server up."""


@contextmanager
def frozen(server: str) -> Iterator[None]:
    """A PostgreSQL that neither answers nor closes its connections."""
    with closing(psycopg.connect(server)) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'minishop-auth'")
        backends = [pid for (pid,) in rows]
        parent = int(Path(f"/proc/{backends[0]}/stat").read_text().rpartition(")")[2].split()[1])
    for pid in (parent, *backends):
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in (*backends, parent):
            os.kill(pid, signal.SIGCONT)


@pytest.mark.asyncio
async def test_a_frozen_database_delays_no_scrape_and_its_service_is_ready_again_afterwards(tmp_path: Path) -> None:
    with running_postgres() as server:
        auth = AuthSettings(database_url=SecretStr(server.url))
        service = Service("auth", with_secrets(Settings(data_dir=tmp_path, auth=auth)))
        async with service.running():
            readings = Readings([service])
            await readings.read()
            assert 1 == READY.rows["auth",]

            with frozen(server.url):
                async with asyncio.timeout(MOST):
                    await Readings([service]).read()
                assert 0 == READY.rows["auth",]

            while READY.rows["auth",] == 0:
                await Readings([service]).read()
