"""Items are put together by a key, all in the order in which they came."""

from explorer.grouping import by_key


def test_items_and_keys_keep_their_order():
    grouped = by_key(("ten", "two", "nine", "six", "four"), len)
    assert list(grouped.items()) == [(3, ["ten", "two", "six"]), (4, ["nine", "four"])]
    assert by_key((), len) == {}
