"""The table people read."""

from __future__ import annotations

from bench.measure import Result

_HEAD = ("what", "aim p50/p95", "p50 ms", "p95 ms", "CPU ms", "statements", "SQL alone", "ratio")


def table(size: int, results: list[Result]) -> str:
    """Aligned columns. A star marks a p50 or p95 beyond its aim; ``SQL alone`` is the same statements run bare."""
    rows = [_HEAD, *(_row(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in
                  enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]  # fmt: skip
    return "\n".join([f"\n{size:,} dossiers", lines[0], "-" * len(lines[0]), *lines[1:]])


def _row(result: Result) -> tuple[str, ...]:
    aim = " / ".join(f"{value:g}" for value in result["aim"]) if result["aim"] else ""
    late = (
        " *"
        if result["aim"] and any(result[k] > a for k, a in zip(("p50", "p95"), result["aim"], strict=False))
        else ""
    )
    floor, statements = result["floor"], result["statements"]
    return (
        result["what"] + late, aim, _number(result["p50"]), _number(result["p95"]), _number(result["cpu"]),
        "" if statements is None else str(statements), _number(floor),
        "" if not floor else f"{result['p50'] / floor:.1f}",
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
