"""A network in which policies are enforced without a cluster: a network namespace for each pod, and nftables in each.

All pods hang on one bridge in a namespace of its own, which leads nowhere. The rules of a pod follow from the policies
alone. They reject instead of dropping, so no probe has to wait for a timeout.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar

from scripts.deploy.plan import SETTINGS
from tests.support.manifests import NAMESPACE, Node, Peer
from tests.support.network_policies import is_peer, selects

T = TypeVar("T")
NAMESPACES = Path("/run/netns")
PREFIX = "minishop-lab"
CLONE_NEWNET = 0x40000000
PORTS = (22, 53, 443, 465, 587, 5432, 6443, 8000, 8080, 8081, 9464)
"""All ports in the manifests, and one that no policy names."""
PATIENCE = 60.0
"""Seconds for the answer to a probe: a connection, or a rejection."""
TOOLS = ("ip", "nft", "nsenter", "unshare", "setpriv", "nginx")


def missing() -> str:
    """The first thing that the lab needs and does not have, or nothing."""
    if os.geteuid() != 0:
        return "The lab of the network policies needs root."
    lacking = [name for name in TOOLS if shutil.which(name) is None]
    if lacking:
        return f"The lab of the network policies needs {', '.join(lacking)}: apt install iproute2 nftables nginx-light"
    return ""


@dataclass
class Lab:
    """The namespaces of a run, which have its process number in their names."""

    peers: Sequence[Peer]
    addresses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        network = ip_network(SETTINGS["pods"])
        for number, peer in enumerate(self.peers, 10):
            self.addresses[peer.name] = peer.address or str(network[number])

    def namespace(self, name: str) -> str:
        """The network namespace of a peer."""
        return f"{PREFIX}-{os.getpid()}-{name}"

    def build(self) -> None:
        """Connect all peers to the bridge, with every address on the link."""
        bridge = self.namespace("bridge")
        _run("ip", "netns", "add", bridge)
        _batch(bridge, "link add bridge type bridge", "link set bridge up")
        for number, peer in enumerate(self.peers):
            name = self.namespace(peer.name)
            _run("ip", "netns", "add", name)
            _run(*f"ip -n {name} link add eth0 type veth peer name v{number} netns {bridge}".split())
            _batch(bridge, f"link set v{number} master bridge up")
            address = f"addr add {self.addresses[peer.name]}/32 dev eth0"
            _batch(name, address, "link set eth0 up", "link set lo up", "route add default dev eth0")

    def enforce(self, policies: Sequence[Node]) -> None:
        """Put these policies in force instead of earlier ones, without closing open connections."""
        for peer in self.peers:
            rules = "flush ruleset\n" + self._rules(peer, policies)
            _run("nsenter", f"--net={NAMESPACES / self.namespace(peer.name)}", "nft", "-f", "-", text=rules)

    def _rules(self, peer: Peer, policies: Sequence[Node]) -> str:
        lines = ["table inet policies {"]
        for hook, way, end, of_packet in (
            ("input", "ingress", "from", ("saddr", "iif")),
            ("output", "egress", "to", ("daddr", "oif")),
        ):
            address, interface = of_packet
            specs = [
                policy["spec"]
                for policy in policies
                if peer.namespace == policy["metadata"]["namespace"]
                and way.capitalize() in policy["spec"]["policyTypes"]
                and selects(policy["spec"]["podSelector"], peer.labels)
            ]
            lines.append(f"chain {hook} {{ type filter hook {hook} priority 0; policy accept;")
            if specs:
                lines += ["ct state established,related accept", f"{interface} lo accept"]
                rules = [rule for spec in specs for rule in spec.get(way) or ()]
                lines += [line for rule in rules for line in self._accepting(rule, end, address)]
                lines += ["meta l4proto tcp reject with tcp reset", "reject"]
            lines.append("}")
        return "\n".join([*lines, "}"])

    def _accepting(self, rule: Node, end: str, address: str) -> Iterator[str]:
        """The lines that accept the packets of a rule."""
        ports = [f"{each['protocol'].lower()} dport {each['port']} " for each in rule.get("ports") or ()] or [""]
        blocks = [peer["ipBlock"] for peer in rule.get(end, ()) if "ipBlock" in peer]
        found = [
            self.addresses[peer.name]
            for peer in self.peers
            if peer.namespace and (end not in rule or any(is_peer(each, peer, NAMESPACE) for each in rule[end]))
        ]
        pods = [self.addresses[peer.name] for peer in self.peers if peer.namespace]
        for port in ports:
            if found:
                yield f"ip {address} {{ {', '.join(found)} }} {port}accept"
            for block in blocks:
                excluded = " ".join(
                    f"ip {address} != {{ {', '.join(each)} }}" for each in (block.get("except"), pods) if each
                )
                yield f"ip {address} {block['cidr']} {excluded} {port}accept"

    def inside(self, name: str, function: Callable[[], T]) -> T:
        """The result of a function in a thread that is in the namespace of a peer."""
        return inside_namespace(self.namespace(name), function)

    def open_edges(self) -> set[str]:
        """All connections that can be opened, by trying each from every peer at once."""
        with ThreadPoolExecutor(len(self.peers)) as pool, self._listening():
            found = pool.map(lambda peer: self.inside(peer.name, lambda: set(self._reached(peer))), self.peers)
            return set().union(*found)

    def _reached(self, source: Peer) -> Iterator[str]:
        for target in self.peers:
            if source is not target and NAMESPACE in (source.namespace, target.namespace):
                for port in PORTS:
                    if _answers(socket.SOCK_STREAM, self.addresses[target.name], port):
                        yield f"{_workload(source)} -> {_workload(target)}:{port}"
                if _answers(socket.SOCK_DGRAM, self.addresses[target.name], 53):
                    yield f"{_workload(source)} -> {_workload(target)}:53/udp"

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """A listener on each port of every peer that has no server there."""
        opened = [
            each for name, address in self.addresses.items() for each in self.inside(name, partial(_listeners, address))
        ]
        try:
            yield
        finally:
            for each in opened:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)  # ends the thread that waits for it
                each.close()

    def remove(self) -> None:
        """Remove all namespaces of this run."""
        _remove(os.getpid())


def inside_namespace(name: str, function: Callable[[], T]) -> T:
    """The result of a function in a thread that is in a network namespace."""

    def enter() -> None:
        with open(NAMESPACES / name, "rb") as file:
            if _LIBC.setns(file.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")

    with ThreadPoolExecutor(1, initializer=enter) as pool:
        return pool.submit(function).result()


@contextmanager
def running_lab(peers: Sequence[Peer]) -> Iterator[Lab]:
    """A lab with all peers, for as long as the block lasts, which must end its processes."""
    for path in NAMESPACES.glob(f"{PREFIX}-*"):
        owner = int(path.name.split("-")[2])
        if not Path(f"/proc/{owner}").exists():  # its run was killed
            _remove(owner)
    lab = Lab(peers)
    try:
        lab.build()
        yield lab
    finally:
        lab.remove()


def _remove(owner: int) -> None:
    for path in NAMESPACES.glob(f"{PREFIX}-{owner}-*"):
        _run("ip", "netns", "del", path.name)


def _workload(peer: Peer) -> str:
    """The name of the workload: a second pod has another number."""
    return peer.name.partition("-")[0]


def _listeners(address: str) -> list[socket.socket]:
    found = []
    for port in PORTS:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, port))
            listener.listen(128)  # the kernel accepts
        except OSError:
            listener.close()  # a real server is there
        else:
            found.append(listener)
    echo = socket.socket(type=socket.SOCK_DGRAM)
    echo.bind((address, 53))
    threading.Thread(target=_echo, args=(echo,), daemon=True).start()
    return [*found, echo]


def _echo(server: socket.socket) -> None:
    with suppress(OSError):
        while True:
            data, sender = server.recvfrom(16)
            if not data:
                return
            server.sendto(data, sender)


def _answers(kind: socket.SocketKind, address: str, port: int) -> bool:
    with socket.socket(type=kind) as probe:
        probe.settimeout(PATIENCE)
        try:
            probe.connect((address, port))
            if kind is socket.SOCK_DGRAM:
                probe.send(b"?")
                probe.recv(1)
        except (ConnectionRefusedError, PermissionError):
            return False
        return True


def command(lab: Lab, name: str, words: Sequence[str], binds: Mapping[Path, str], user: int | None = None) -> list[str]:
    """The command line that runs words in the namespace of a peer.

    Args:
        binds: paths, each with the place at which the process finds it.
        user: the number of a user without any rights, to whom the root file system is read-only; root by default.
    """
    mounts = [f'mount --bind "{path}" "{place}"' for path, place in binds.items()]
    if user is not None:
        mounts.append("mount -o remount,bind,ro /")
        shut = "--clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all"
        words = ["setpriv", f"--reuid={user}", f"--regid={user}", *shut.split(), *words]
    script = " && ".join([*mounts, 'exec "$@"'])
    net = f"--net={NAMESPACES / lab.namespace(name)}"
    return ["nsenter", net, "unshare", "--mount", "sh", "-c", script, "sh", *words]


def _batch(namespace: str, *commands: str) -> None:
    _run("ip", "-n", namespace, "-batch", "-", text="\n".join(commands))


def _run(*words: str, text: str = "") -> None:
    ended = subprocess.run(words, input=text, capture_output=True, encoding="utf-8", check=False)
    assert 0 == ended.returncode, f"{' '.join(words)}: {ended.stderr}"


_LIBC = ctypes.CDLL(None, use_errno=True)
