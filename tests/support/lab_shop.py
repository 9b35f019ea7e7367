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

PLACES = {SECRETS: "/mnt", "/etc/minishop": "/srv", "/tmp": "/media"}
"""The mounted folders of the containers, each with a folder of this machine that stands for it."""


@dataclass
class LabShop:
    """The processes of a lab."""

    lab: Lab
    objects: Sequence[Node]
    folder: Path

    def __post_init__(self) -> None:
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.secrets = {each["metadata"]["name"]: each["stringData"] for each in secret_manifests("kind")}
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

    def run(self, pod: str, *arguments: str, text: str = "", code: int = 0) -> str:
        """The output of a `minishop` in a pod, or in the namespace of an outsider, that ends with this code."""
        ended = subprocess.run(
            self._command(pod, [str(MINISHOP), *arguments]),
            input=text,
            env=self._environment(pod),
            cwd="/",
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert code == ended.returncode, ended.stdout + ended.stderr
        return ended.stdout

    def _pod(self, name: str) -> Node | None:
        """The specification of the pods of a workload, or None for an outsider."""
        kinds = ("Deployment", "Job")
        found = [each for each in self.objects if each["kind"] in kinds and each["metadata"]["name"] == name]
        return found[0]["spec"]["template"]["spec"] if found else None

    def _container(self, name: str) -> Node:
        pod = self._pod(name)
        assert pod is not None
        container: Node = pod["containers"][0]
        return container

    def _environment(self, name: str) -> dict[str, str]:
        """The environment of the container, with the places of the lab for its folders."""
        if self._pod(name) is None:
            return environment({"NO_COLOR": "1"})
        found = {each["name"]: each["value"] for each in self._container(name).get("env", ())}
        for mount in self._container(name)["volumeMounts"]:
            folder = mount["mountPath"]
            found = {key: re.sub(f"^{folder}(?=/|$)", _place(name, folder), value) for key, value in found.items()}
        return environment({**found, "HOME": "/", "MINISHOP_DRAIN_SECONDS": "0"})

    def _command(self, name: str, words: Sequence[str]) -> list[str]:
        """The command line of a container, with the rights of the manifest."""
        pod, hosts = self._pod(name), {self.hosts: "/etc/hosts"}
        if pod is None:
            return command(self.lab, name, words, hosts)
        mounts = pod["containers"][0]["volumeMounts"]
        binds = {self._mounted(pod, mount["name"]): _place(name, mount["mountPath"]) for mount in mounts}
        return command(self.lab, name, words, {**hosts, **binds}, pod["securityContext"]["runAsUser"])

    def _mounted(self, pod: Node, name: str) -> Path:
        """A folder with the files of a volume, which the group of the pod may read."""
        folder = self.folder / pod["serviceAccountName"] / name
        if folder.exists():
            return folder
        (volume,) = (each for each in pod["volumes"] if each["name"] == name)
        group, files = pod["securityContext"]["fsGroup"], dict(self._files(volume))
        folder.mkdir(parents=True)
        for file, text in files.items():
            path = folder / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
            os.chown(path, 0, group)
            path.chmod(0o440)
        if "emptyDir" in volume:
            os.chown(folder, 0, group)
            folder.chmod(0o770)
        return folder

    def _files(self, volume: Node) -> Iterator[tuple[str, str]]:
        """The paths and texts of a volume."""
        if "secret" in volume:
            yield from self.secrets[volume["secret"]["secretName"]].items()
        for source in volume.get("projected", {}).get("sources", ()):
            for item in source["secret"]["items"]:
                yield item["path"], self.secrets[source["secret"]["name"]][item["key"]]
        if "configMap" in volume:
            name = volume["configMap"]["name"]
            (found,) = (each["data"] for each in self.objects if each["metadata"]["name"] == name)
            yield from found.items()

    def _start(self, pod: str, words: Sequence[str]) -> None:
        with self.log(pod).open("ab") as log:
            line, found = self._command(pod, words), self._environment(pod)
            self._processes[pod] = subprocess.Popen(line, env=found, cwd="/", stdout=log, stderr=log)

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

    def process_file(self, pod: str, name: str) -> str:
        """A file about the process of a pod, from /proc."""
        return Path(f"/proc/{self._processes[pod].pid}/{name}").read_text("utf-8")

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
        """Start nginx with the generated configuration."""
        self.log("gateway").touch()
        os.chown(self.log("gateway"), NGINX_UID, NGINX_UID)  # it opens /dev/stdout anew
        words = [
            word.replace("/etc/minishop", PLACES["/etc/minishop"]) for word in self._container("gateway")["command"]
        ]
        self._start("gateway", words)
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
            start = command(self.lab, "postgres", [*control, "-o", options, "start"], {})
            subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
            try:
                yield
            finally:
                subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)


def _place(name: str, folder: str) -> str:
    # nginx.conf names /tmp. For a service it may be the folder of this checkout.
    return "/tmp" if (name, folder) == ("gateway", "/tmp") else PLACES[folder]


def _statements(name: str, password: str) -> list[str]:
    """The SQL that the image runs for a role."""
    text: str
    (text,) = re.findall("<<'SQL'\n(.*?)^SQL$", SCRIPT, re.MULTILINE | re.DOTALL)
    text = text.replace(':"name"', f'"{name}"').replace(":'password'", f"'{password}'")
    return text.splitlines()
