"""The picture of a run, as SVG: how many times bare ASGI's processor time each candidate takes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from statistics import median

from peers import CANDIDATES
from results import STORAGES, Measured, Slices, ratios

LABELS, BARS, GAP = 170, 300, 60
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
    """A panel for each storage (downwards) and request (across); bars from zero, lines from least to greatest."""
    height = TOP + PANEL_HEIGHT * len(measured)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * PANEL_WIDTH} {height}" role="img">',
        STYLE,
        '<text class="title" x="12" y="24">Processor time for a request, in multiples of bare ASGI '
        "(shorter is better)</text>",
    ]
    for row, (storage, requests) in enumerate(measured.items()):
        for column, (request, found) in enumerate(requests.items()):
            parts.append(f'<g transform="translate({column * PANEL_WIDTH} {TOP + row * PANEL_HEIGHT})">')
            parts += _panel(f"{STORAGES[storage]}: {request}", found)
            parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(title: str, found: dict[str, Slices]) -> Iterator[str]:
    beside = {candidate.name: ratios(found[candidate.name], found["bare"]) for candidate in CANDIDATES}
    scale = BARS / max(max(values) for values in beside.values())
    one = LABELS + scale
    yield f'<text class="head" x="12" y="24">{escape(title)}</text>'
    yield f'<line class="one" x1="{one:.1f}" x2="{one:.1f}" y1="36" y2="{HEAD + ROW * len(CANDIDATES)}"/>'
    for index, candidate in enumerate(CANDIDATES):
        values = beside[candidate.name]
        y = HEAD + ROW * index
        kind = "ours" if candidate.name.startswith("minishop") else "bar"
        end = LABELS + scale * max(values)
        yield f'<text x="{LABELS - 8}" y="{y + 11}" text-anchor="end">{escape(candidate.title)}</text>'
        yield f'<rect class="{kind}" x="{LABELS}" y="{y}" width="{scale * median(values):.1f}" height="14"/>'
        yield f'<line class="range" x1="{LABELS + scale * min(values):.1f}" x2="{end:.1f}" y1="{y + 7}" y2="{y + 7}"/>'
        yield f'<text x="{end + 6:.1f}" y="{y + 11}">{median(values):.2f}</text>'
