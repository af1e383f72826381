"""Arrays that are kept while there is room for them; what was used longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable


class Kept[T]:
    """A memory of made values with a limit in bytes.

    >>> kept = Kept(room=2, size=len)
    >>> [kept.get(key, lambda key=key: [key]) for key in (1, 2, 1, 3)]
    [[1], [2], [1], [3]]
    >>> list(kept.values)
    [1, 3]
    """

    def __init__(self, *, room: int, size: Callable[[T], int]) -> None:
        self.room, self.size = room, size
        self.values: OrderedDict[Hashable, T] = OrderedDict()
        self.used = 0

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self.values)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a value, made where it is not at hand; the newest is kept however large it is."""
        if key in self.values:
            self.values.move_to_end(key)
            return self.values[key]
        value = make()
        self.values[key] = value
        self.used += self.size(value)
        while self.used > self.room and len(self.values) > 1:
            self.used -= self.size(self.values.popitem(last=False)[1])
        return value
