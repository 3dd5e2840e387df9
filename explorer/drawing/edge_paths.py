"""Lead edges around boxes: within a column, from one column to another, and as the folded drawing's loops."""

from explorer.drawing.geometry import Path, Point, Rect, halved, straight

LANDING = 0.28
"""How far above the middle of its target's side a feedback edge lands, as a share of the height."""


def within_column(source: Rect, target: Rect, blocked: bool) -> Path:
    """Straight between facing sides; around what stands between, if something does."""
    if abs(source.cy - target.cy) < 1.0:
        right = source.cx < target.cx
        return straight(
            Point(source.right if right else source.x, source.cy), Point(target.x if right else target.right, target.cy)
        )
    up = source.cy > target.cy
    start = Point(source.cx, source.y if up else source.bottom)
    end = Point(target.cx, target.bottom if up else target.y)
    if not blocked:
        bend = (end.y - start.y) * 0.5
        if start.x == end.x:
            return straight(start, end)
        return Path(start, ((Point(start.x, start.y + bend), Point(end.x, end.y - bend), end),))
    away = max(source.width, target.width) * 0.62 + 18.0
    side = min(source.cx, target.cx) - away
    return Path(
        Point(source.x, source.cy),
        ((Point(side, source.cy), Point(side, target.cy), Point(target.x, target.cy)),),
    )


def across_columns(source: Rect, target: Rect, lag: int, channel: float, round_source: bool) -> Path:
    """From one step to another, in two curves: level, or down the channel beside the target's column."""
    ahead = 1 if lag > 0 else -1
    leave = source.right if ahead > 0 else source.x
    arrive = target.x if ahead > 0 else target.right
    level = abs(source.cy - target.cy) < 1.0
    if level and abs(lag) == 1:
        return halved(straight(Point(leave, source.cy), Point(arrive, target.cy)))
    lane = arrive - ahead * channel * 0.36
    land = target.cy if level else target.cy + (-LANDING if source.cy < target.cy else LANDING) * target.height
    end = Point(arrive, land)
    if abs(lag) == 1:
        if round_source:
            start = Point(source.cx + source.width * 0.35 * ahead, source.cy + source.height * 0.35)
            first = Point(lane + ahead * channel * 0.12, start.y + channel * 0.6)
            return halved(Path(start, ((first, Point(lane - ahead * 4.0, land - channel * 0.1), end),)))
        start = Point(leave, source.cy)
        reach = (arrive - leave) * 0.75
        return halved(Path(start, ((Point(leave + reach, source.cy), Point(arrive - reach, land), end),)))
    # Over several columns: up out of the source's side, along the gap above the lower of the two rows, and down.
    gap = min(source.y, target.y) - channel * 0.36
    middle, reach = Point((leave + arrive) / 2, gap), ahead * min(channel, abs(arrive - leave) / 2)
    return Path(
        Point(leave, source.cy),
        (
            (Point(leave + reach, source.cy), Point(leave + reach * 0.3, gap), middle),
            (Point(arrive - reach * 0.3, gap), Point(arrive - reach, land), end),
        ),
    )


def loop(source: Rect, target: Rect, reach: float, lag: int, round_source: bool) -> Path:
    """The folded drawing's way back into the same column, in two curves; x = `reach` at its outermost.

    An edge that runs backward in time loops on the left.
    """
    ahead = 1 if lag > 0 else -1
    if ahead < 0:
        reach = source.cx - (reach - source.cx)
    near, far = (source.right, target.right) if ahead > 0 else (source.x, target.x)
    if abs(source.cy - target.cy) < 1.0:
        # A little low, clear of where feedback lands.
        lift, y = target.height * 0.2, target.cy + target.height * 0.1
        return Path(
            Point(near, y - lift),
            (
                (Point(near + ahead * 20, y - 2.1 * lift), Point(reach, y - 1.9 * lift), Point(reach, y)),
                (Point(reach, y + 1.9 * lift), Point(far + ahead * 20, y + 2.1 * lift), Point(far, y + lift)),
            ),
        )
    land = target.cy + (-LANDING if source.cy < target.cy else LANDING) * target.height
    start = Point(near, source.cy)
    if round_source:
        start = Point(source.cx + source.width * 0.35 * ahead, source.cy + source.height * 0.35)
    middle = Point(reach, (start.y + land) / 2)
    bend = (land - start.y) * 0.25
    return Path(
        start,
        (
            (Point(start.x + (reach - start.x) * 0.6, start.y + (bend * 0.4 if round_source else 0.0)),
             Point(reach, middle.y - bend), middle),
            (Point(reach, middle.y + bend), Point(far + (reach - far) * 0.7, land), Point(far, land)),
        ),
    )  # fmt: skip
