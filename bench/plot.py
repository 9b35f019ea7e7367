"""The pictures of the pages, as SVG: bars with a label and a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from statistics import quantiles

from bench.peers import BARE, CANDIDATES
from bench.results import STORAGES, Measured, ratios

LABELS, BARS, GAP = 190, 290, 60
ROW, HEAD = 22, 48
TOP = 40
PANEL_HEIGHT = HEAD + ROW * len(CANDIDATES) + 16
PANEL_WIDTH = LABELS + BARS + GAP
STYLE = """\
<style>
  svg { background: #ffffff } text { font: 12px sans-serif; fill: #24292f }
  .title { font-weight: bold; font-size: 14px } .head { font-weight: bold }
  .bar { fill: #9fb3c8 } .ours { fill: #1f6f54 } .range { stroke: #24292f } .one { stroke: #d0d7de }
</style>"""


def plot(measured: Measured) -> str:
    """The processor time and the rate of each candidate, relative to bare ASGI.

    There is a row for each storage and request, with bars up to the median and lines between the quartiles.
    """
    height = TOP + PANEL_HEIGHT * sum(map(len, measured.values()))
    parts = [
        _opening(height),
        f'<text class="title" x="12" y="24">Processor time for a request, bare ASGI = 1 (shorter is better)</text>'
        f'<text class="title" x="{PANEL_WIDTH + 12}" y="24">Requests a second, bare ASGI = 1 (longer is better)</text>',
    ]
    rows = [(storage, *row) for storage, requests in measured.items() for row in requests.items()]
    for row, (storage, request, found) in enumerate(rows):
        bare = found[BARE.name]
        cpu = {name: ratios(slices.cpu, bare.cpu) for name, slices in found.items()}
        rate = {name: ratios(slices.rate, bare.rate) for name, slices in found.items()}
        for column, beside in enumerate((cpu, rate)):
            parts.append(f'<g transform="translate({column * PANEL_WIDTH} {TOP + row * PANEL_HEIGHT})">')
            parts += _panel(f"{STORAGES[storage]}: {request}", beside)
            parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def plot_layers(spent: Mapping[str, Mapping[str, float]]) -> str:
    """The milliseconds of a purchase by layer, beside each other for each database."""
    rows = max(map(len, spent.values()))
    scale = BARS / max(max(layers.values()) for layers in spent.values())
    parts = [
        _opening(TOP + HEAD + ROW * rows),
        '<text class="title" x="12" y="24">Processor time of the shop for a purchase by layer, ms</text>',
    ]
    for column, (database, layers) in enumerate(spent.items()):
        parts.append(f'<g transform="translate({column * PANEL_WIDTH} {TOP})">')
        parts.append(f'<text class="head" x="12" y="24">{escape(database)}: {sum(layers.values()):.1f} ms</text>')
        for index, (layer, milliseconds) in enumerate(layers.items()):
            width = scale * milliseconds
            parts += _bar(index, layer, "ours", width)
            parts.append(_value(index, width, f"{milliseconds:.2f}"))
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _opening(height: int) -> str:
    box = f"0 0 {2 * PANEL_WIDTH} {height}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img">\n{STYLE}'


def _bar(index: int, label: str, kind: str, width: float) -> Iterator[str]:
    y = HEAD + ROW * index
    yield f'<text x="{LABELS - 8}" y="{y + 11}" text-anchor="end">{escape(label)}</text>'
    yield f'<rect class="{kind}" x="{LABELS}" y="{y}" width="{width:.1f}" height="14"/>'


def _value(index: int, behind: float, text: str) -> str:
    return f'<text x="{LABELS + behind + 6:.1f}" y="{HEAD + ROW * index + 11}">{text}</text>'


def _panel(title: str, beside: dict[str, list[float]]) -> Iterator[str]:
    quartiles = {name: quantiles(values, method="inclusive") for name, values in beside.items()}
    scale = BARS / max(high for _, _, high in quartiles.values())
    one = LABELS + scale
    yield f'<text class="head" x="12" y="24">{escape(title)}</text>'
    yield f'<line class="one" x1="{one:.1f}" x2="{one:.1f}" y1="36" y2="{HEAD + ROW * len(CANDIDATES)}"/>'
    for index, candidate in enumerate(CANDIDATES):
        low, middle, high = (scale * quartile for quartile in quartiles[candidate.name])
        y = HEAD + ROW * index
        kind = "ours" if candidate.name.startswith("minishop") else "bar"
        yield from _bar(index, candidate.title, kind, middle)
        yield f'<line class="range" x1="{LABELS + low:.1f}" x2="{LABELS + high:.1f}" y1="{y + 7}" y2="{y + 7}"/>'
        yield _value(index, high, f"{middle / scale:.2f}")
