"""Draw what a benchmark measured as PNG, with the plotting library that the app uses."""

import os
from math import log10
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pyqtgraph as pg

COLOURS = ("#0072B2", "#5B6270", "#D55E00", "#CC79A7")
Times = dict[str, dict[str, dict[str, float]]]
"""Network → size → contestant → µs a step."""


def _widget(columns: int) -> pg.GraphicsLayoutWidget:
    pg.mkQApp()
    pg.setConfigOptions(background="w", foreground="#1f2430", antialias=True)
    widget = pg.GraphicsLayoutWidget()
    widget.resize(560 * columns, 420)
    return widget


def bars(times: Times, path: Path) -> None:
    """How many times as long as the executor each contestant takes; the executor is the line at 1."""
    widget = _widget(len(times))
    for title, sizes in times.items():
        plot = widget.addPlot(title=title)
        plot.addLegend(offset=(-10, 10))
        others = [name for name in next(iter(sizes.values())) if name != "explorer"]
        for i, name in enumerate(others):
            heights = [found[name] / found["explorer"] if name in found else 0.0 for found in sizes.values()]
            places = [x + (i - (len(others) - 1) / 2) * 0.8 / len(others) for x in range(len(sizes))]
            plot.addItem(pg.BarGraphItem(x=places, height=heights, width=0.7 / len(others), brush=COLOURS[i + 1]))
            plot.plot([], [], pen=pg.mkPen(COLOURS[i + 1], width=8), name=name)
        plot.addItem(pg.InfiniteLine(1.0, angle=0, pen=pg.mkPen(COLOURS[0], width=2)))
        plot.getAxis("bottom").setTicks([list(enumerate(sizes))])
        plot.setLabel("left", "times the executor's time")
    _save(widget, path)


def lines(panels: dict[str, tuple[str, list[float], dict[str, list[float]]]], path: Path) -> None:
    """Title → (label of x, x, name → y), on logarithmic axes."""
    widget = _widget(len(panels))
    for title, (label, x, curves) in panels.items():
        plot = widget.addPlot(title=title)
        plot.setLogMode(True, True)
        plot.addLegend(offset=(10, 10))
        for (name, y), colour in zip(curves.items(), COLOURS, strict=False):
            plot.plot(x, y, pen=pg.mkPen(colour, width=2), symbol="o", symbolBrush=colour, symbolSize=6, name=name)
        plot.setLabel("bottom", label)
        plot.getAxis("bottom").setTicks([[(log10(place), f"{place:,.0f}") for place in x]])
        plot.setLabel("left", "µs a step")
        plot.showGrid(x=True, y=True, alpha=0.2)
    _save(widget, path)


def _save(widget: pg.GraphicsLayoutWidget, path: Path) -> None:
    widget.show()
    pg.mkQApp().processEvents()
    widget.grab().save(str(path))
    print(f"wrote {path}")
