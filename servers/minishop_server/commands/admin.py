"""`minishop admin`."""

from __future__ import annotations

import asyncio
import sys
import warnings
from getpass import GetPassWarning
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from ..kit.problems import Problem
from ..services.settings import Settings
from .auth_data import DataDir, with_key_secret
from .errors import Refusal, told_plainly

if TYPE_CHECKING:
    from minishop_contracts.models.auth import Registration

admin = typer.Typer(name="admin", help="The admins of the shop.", no_args_is_help=True)


@admin.callback()
def _group() -> None:
    """The admins of the shop."""


@admin.command()
@told_plainly()
def create(
    username: Annotated[str, typer.Argument(help="The name to sign in with.")],
    email: Annotated[str, typer.Argument(help="The e-mail address of the admin.")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from the first line of the standard input.")
    ] = False,
    data_dir: DataDir = Path("data"),
) -> None:
    """Create an admin account, for example the first one of a new deployment.

    The command works on Auth's own database with the settings of Auth (MINISHOP_AUTH_DATABASE_URL,
    MINISHOP_AUTH_KEY_SECRET), whether Auth runs or not. It asks for the password twice without showing it. The password
    is never an argument, because other users of the machine could see it.

    minishop admin create grace grace@example.com
    """
    from minishop_contracts.models.auth import Registration

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", GetPassWarning)  # input that is no terminal is not echoed
            password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        account = Registration(username=username, email=email, password=password)
    except ValidationError as error:
        raise Refusal("\n".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())) from None
    asyncio.run(_create(with_key_secret(Settings(data_dir=data_dir)), account))


async def _create(settings: Settings, account: Registration) -> None:
    from ..hosting.service import Service
    from ..services.auth.domain import Auth

    service = Service("auth", settings)
    async with service.running():
        auth: Auth = service.domain
        try:
            user = await auth.register(account.username, account.email, account.password, role="admin")
        except Problem as problem:
            raise Refusal(f"{problem.title}. {problem.detail}") from None
    Console().print(f"{account.username} is user {user['id']}, an admin.", highlight=False)
