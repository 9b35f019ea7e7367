"""The shop of the rendered manifests in a lab: PostgreSQL, the migration, seven services and the gateway."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from minishop_server.kit.settings import SERVICES
from minishop_server.tools.postgres import running_postgres
from minishop_server.tools.processes import PATIENCE, environment
from scripts.deploy.databases import CONNECTIONS, SCRIPT
from scripts.deploy.secrets import manifests as secret_manifests
from scripts.deploy.workloads import NGINX_UID, SECRETS
from tests.support.lab import Lab, command
from tests.support.manifests import Node
from tests.support.processes import MINISHOP
from tests.support.shop import PASSWORD

CONFIGURATION = "/etc/minishop"
"""The folder of nginx.conf in the container."""


@dataclass
class LabShop:
    """The processes of a lab."""

    lab: Lab
    objects: Sequence[Node]
    folder: Path

    def __post_init__(self) -> None:
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.secrets = {each["metadata"]["name"]: each["stringData"] for each in secret_manifests("kind")}
        for name, values in self.secrets.items():
            # The folder of the Job has one of each service, that of a service its own files.
            for folder in (self.folder / "secrets" / name, self.folder / "secrets" / "migrate" / name):
                folder.mkdir(parents=True)
                for file, value in values.items():
                    (folder / file).write_text(value, "utf-8")
        self.hosts = self.folder / "hosts"
        lines = [f"{address} {name}" for name, address in self.lab.addresses.items()]
        self.hosts.write_text("\n".join(["127.0.0.1 localhost", *lines, ""]), "utf-8")

    @property
    def gateway(self) -> str:
        """The address of the gateway."""
        return f"http://{self.lab.addresses['gateway']}:8080"

    @contextmanager
    def running(self) -> Iterator[None]:
        """The shop with all services ready, after its migration."""
        with ExitStack() as stack:
            stack.enter_context(self._postgres())
            self.run("migrate", *self._container("migrate")["args"])
            stack.callback(lambda: [self._end(pod) for pod in [*self._processes]])
            for name in SERVICES:
                self._start_service(name)
            for name in SERVICES:
                self.lab.inside(name, lambda name=name: self._wait_until_ready(name))  # type: ignore[misc]
            self._start_nginx()
            self.run("auth", "admin", "create", "grace", "grace@example.com", "--password-stdin", text=f"{PASSWORD}\n")
            yield

    def run(self, pod: str, *arguments: str, text: str = "") -> str:
        """The output of a `minishop` with the environment of a pod, in its namespace."""
        ended = subprocess.run(
            command(self.lab, pod, self.hosts, [str(MINISHOP), *arguments], {}),
            input=text,
            env=self._environment(pod),
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert 0 == ended.returncode, ended.stdout + ended.stderr
        return ended.stdout

    def _container(self, name: str) -> Node:
        (template,) = (
            each["spec"]["template"]
            for each in self.objects
            if each["kind"] in ("Deployment", "Job") and each["metadata"]["name"] == name
        )
        container: Node = template["spec"]["containers"][0]
        return container

    def _environment(self, pod: str) -> dict[str, str]:
        """The environment of the container, with the folders of the test for the mounted ones."""
        if pod not in (*SERVICES, "migrate"):
            return environment({"NO_COLOR": "1"})
        secrets, data = self.folder / "secrets" / pod, self.folder / "data" / pod
        data.mkdir(parents=True, exist_ok=True)
        found = {each["name"]: each["value"] for each in self._container(pod)["env"]}
        found = {name: value.replace(SECRETS, str(secrets), 1) for name, value in found.items()}
        return environment({**found, **({"MINISHOP_DATA_DIR": str(data)} if pod in SERVICES else {})})

    def _start(self, pod: str, words: Sequence[str], binds: dict[Path, str] | None = None) -> None:
        with self.log(pod).open("ab") as log:
            line = command(self.lab, pod, self.hosts, words, binds or {})
            self._processes[pod] = subprocess.Popen(
                line, env=self._environment(pod), cwd=self.folder, stdout=log, stderr=log
            )

    def _start_service(self, name: str) -> None:
        self._start(name, [str(MINISHOP), *self._container(name)["args"]])

    def _end(self, pod: str) -> None:
        process = self._processes.pop(pod)
        process.terminate()
        process.wait()

    @contextmanager
    def stopped(self, service: str) -> Iterator[None]:
        """The shop without a service, which is ready again after the block."""
        self._end(service)
        try:
            yield
        finally:
            self._start_service(service)
            self.lab.inside(service, lambda: self._wait_until_ready(service))

    def log(self, pod: str) -> Path:
        """The file with the output of a pod."""
        return self.folder / f"{pod}.log"

    def _wait_until_ready(self, service: str) -> None:
        url = f"http://127.0.0.1:8000/{service}/readyz"
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                if httpx.get(url, timeout=PATIENCE).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            assert time.monotonic() < give_up, self.log(service).read_text("utf-8")
            time.sleep(0.05)

    def _start_nginx(self) -> None:
        """Start nginx without rights, with the generated configuration and a folder of its own at /tmp."""
        (configuration,) = (
            each["data"]["nginx.conf"]
            for each in self.objects
            if each["kind"] == "ConfigMap" and each["metadata"]["name"].startswith("gateway")
        )
        tmp = self.folder / "tmp"
        tmp.mkdir()
        (tmp / "nginx.conf").write_text(configuration, "utf-8")
        self.log("gateway").touch()
        for path in (tmp, self.log("gateway")):
            os.chown(path, NGINX_UID, NGINX_UID)
        words = [word.replace(CONFIGURATION, "/tmp") for word in self._container("gateway")["command"]]
        user = ["setpriv", f"--reuid={NGINX_UID}", f"--regid={NGINX_UID}", "--clear-groups", "--bounding-set=-all"]
        self._start("gateway", [*user, *words], {tmp: "/tmp"})
        self.lab.inside("gateway", self._wait_for_nginx)

    def _wait_for_nginx(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                assert 204 == httpx.get("http://127.0.0.1:8081/").status_code
                return
            except httpx.TransportError:
                assert time.monotonic() < give_up, self.log("gateway").read_text("utf-8")
                time.sleep(0.05)

    @contextmanager
    def _postgres(self) -> Iterator[None]:
        """PostgreSQL in the namespace of its pod, with the roles and databases of the manifests."""
        with running_postgres() as server:
            with psycopg.connect(server.url, autocommit=True) as connection:
                for name in SERVICES:
                    for statement in _statements(name, self.secrets["postgres-roles"][name]):
                        connection.execute(statement)
            folder = Path(server.handle.pgdata)
            (folder / "pg_hba.conf").write_text("local all postgres trust\nhost all all all scram-sha-256\n", "utf-8")
            user = server.handle.system_user
            control = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
            control += [str(server.handle.bin_path / "pg_ctl"), "-D", str(folder), "-w", "-l", str(folder / "log")]
            options = f"-h '*' -p 5432 -k {folder} -c max_connections={CONNECTIONS}"
            subprocess.run([*control, "-m", "fast", "stop"], check=True, stdout=subprocess.DEVNULL)
            start = command(self.lab, "postgres", self.hosts, [*control, "-o", options, "start"], {})
            subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
            try:
                yield
            finally:
                subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)


def _statements(name: str, password: str) -> list[str]:
    """The SQL that the image runs for a role."""
    text: str
    (text,) = re.findall("<<'SQL'\n(.*?)^SQL$", SCRIPT, re.MULTILINE | re.DOTALL)
    text = text.replace(':"name"', f'"{name}"').replace(":'password'", f"'{password}'")
    return text.splitlines()
