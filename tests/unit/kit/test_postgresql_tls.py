"""PostgreSQL over TLS."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from minishop_server.kit.database import open_database
from minishop_server.kit.problems import Unavailable


def own_certificate(folder: Path) -> Path:
    """The folder with a key and a certificate for localhost that it signed itself."""
    folder.mkdir()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    new = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    subprocess.run([*new, "-keyout", key, "-out", certificate, *subject], check=True, capture_output=True)
    return folder


@pytest.mark.asyncio
async def test_a_certificate_that_is_not_trusted_is_the_reason(migrations: Path, tmp_path: Path) -> None:
    server_s, trusted = own_certificate(tmp_path / "server"), own_certificate(tmp_path / "trusted")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server_s / "certificate.pem", server_s / "key.pem")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)  # SSLRequest
        writer.write(b"S")
        await writer.drain()
        with suppress(OSError, ssl.SSLError):
            await writer.start_tls(context)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        verify = f"sslmode=verify-full&sslrootcert={trusted / 'certificate.pem'}"
        with pytest.raises(Unavailable) as refusal:
            await open_database(f"postgresql://a@localhost:{port}/b?{verify}", migrations)

    assert "does not answer: self-signed certificate." in refusal.value.reason
