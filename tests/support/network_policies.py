"""Two evaluations of network policies, which share no code: our own, and that of network-config-analyzer."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path

import yaml

from tests.support.manifests import NAMESPACE, Node, Peer, tool

ANY = "*"
"""All ports of all protocols."""
_LINE = re.compile(r"^(\S+) => (\S+) : (.*)$", re.MULTILINE)


def edges(policies: Sequence[Node], peers: Sequence[Peer]) -> set[str]:
    """All connections from or to the namespace that the policies allow, as `auth -> notifications:8000`.

    A workload has several pods, so it may also connect to itself.
    """
    found = set()
    for source in peers:
        for target in peers:
            if NAMESPACE in (source.namespace, target.namespace):
                out = _ports(policies, source, target, "egress", "to")
                into = _ports(policies, target, source, "ingress", "from")
                both = into if ANY in out else out if ANY in into else out & into
                found |= {_edge(source.name, target.name, port) for port in both}
    return found


def _edge(source: str, target: str, port: str) -> str:
    return f"{source} -> {target}:{port.removesuffix('/tcp')}"


def _ports(policies: Sequence[Node], subject: Peer, other: Peer, way: str, end: str) -> set[str]:
    """The ports on which a pod may connect to another one, or be reached by it."""
    specs = [
        policy["spec"]
        for policy in policies
        if subject.namespace == policy["metadata"]["namespace"]
        and way.capitalize() in policy["spec"]["policyTypes"]
        and selects(policy["spec"]["podSelector"], subject.labels)
    ]
    if not specs:
        return {ANY}
    found: set[str] = set()
    for spec in specs:
        for rule in spec.get(way) or ():
            if end not in rule or any(is_peer(each, other, NAMESPACE) for each in rule[end]):
                ports = rule.get("ports") or ()
                found |= {f"{each['port']}/{each['protocol'].lower()}" for each in ports} if ports else {ANY}
    return found


def is_peer(wanted: Node, peer: Peer, namespace: str) -> bool:
    """Whether a `from` or `to` of a policy in a namespace means a peer.

    A block of addresses means no pod.
    """
    if "ipBlock" in wanted:
        block = wanted["ipBlock"]
        if peer.address is None:
            return False
        address = ip_address(peer.address)
        return address in ip_network(block["cidr"]) and not any(
            address in ip_network(each) for each in block.get("except", ())
        )
    if peer.namespace is None:
        return False
    if "namespaceSelector" in wanted:
        if not selects(wanted["namespaceSelector"], {"kubernetes.io/metadata.name": peer.namespace}):
            return False
    elif peer.namespace != namespace:
        return False
    return selects(wanted.get("podSelector", {}), peer.labels)


def selects(selector: Node, labels: dict[str, str]) -> bool:
    """Whether a label selector matches."""
    tests: dict[str, Callable[[str | None, list[str]], bool]] = {
        "In": lambda value, values: value in values,
        "NotIn": lambda value, values: value not in values,
        "Exists": lambda value, _: value is not None,
        "DoesNotExist": lambda value, _: value is None,
    }
    exact = all(labels.get(key) == value for key, value in (selector.get("matchLabels") or {}).items())
    return exact and all(
        tests[each["operator"]](labels.get(each["key"]), each.get("values", []))
        for each in selector.get("matchExpressions") or ()
    )


def analyzed_edges(policies: Sequence[Node], peers: Sequence[Peer], folder: Path) -> set[str]:
    """The same connections by network-config-analyzer, which is told of two pods of each workload."""
    pods = {f"{peer.namespace}/{peer.name}-{number}": peer for peer in peers if peer.namespace for number in (1, 2)}
    namespaces = {peer.namespace for peer in peers if peer.namespace}
    described = [
        *({"kind": "Namespace", "metadata": _named(name, None, _name(name))} for name in namespaces),
        *(
            {"kind": "Pod", "metadata": _named(path.partition("/")[2], peer.namespace, peer.labels), "spec": {}}
            for path, peer in pods.items()
        ),
    ]
    for each in described:
        each["apiVersion"] = "v1"
    cluster, rules = folder / "cluster.yaml", folder / "policies.yaml"
    cluster.write_text(yaml.safe_dump_all(described), "utf-8")
    rules.write_text(yaml.safe_dump_all(policies), "utf-8")
    command = ["--connectivity", str(rules), "-n", str(cluster), "-p", str(cluster), "-o", "txt_no_fw_rules"]
    ended = subprocess.run([tool("nca"), *command], capture_output=True, encoding="utf-8", check=False, cwd=folder)
    lines = _LINE.findall(ended.stdout)
    assert lines, ended.stdout + ended.stderr

    def ends(text: str) -> Iterator[Peer]:
        if text[0].isdigit():
            low, _, high = text.partition("-")
            for peer in peers:
                if peer.address and ip_address(low) <= ip_address(peer.address) <= ip_address(high or low):
                    yield peer
        else:
            yield pods[text.removesuffix("[Pod]")]

    return {
        _edge(source.name, target.name, port)
        for from_, to, connections in lines
        for source in ends(from_)
        for target in ends(to)
        if NAMESPACE in (source.namespace, target.namespace)
        for port in _analyzed_ports(connections)
    }


def _analyzed_ports(text: str) -> set[str]:
    """The ports of a line of the analyzer, for example `{protocols:TCP, UDP,dst_ports:53}`."""
    if text == "All connections":
        return {ANY}
    found = re.fullmatch(r"\{protocols:(\w+(?:, \w+)*),dst_ports:([\d,]+)\}", text)
    assert found, text
    return {f"{port}/{protocol.lower()}" for protocol in found[1].split(", ") for port in found[2].split(",")}


def _named(name: str, namespace: str | None, labels: dict[str, str]) -> Node:
    return {"name": name, "labels": labels, **({"namespace": namespace} if namespace else {})}


def _name(namespace: str) -> dict[str, str]:
    return {"kubernetes.io/metadata.name": namespace}
