"""The dot between the parts of a name is the middle dot; a bullet and a list keep theirs."""

from __future__ import annotations

import pytest

from tests.normalise.rebuilding import done


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约翰・史密斯和列夫•托尔斯泰", "约翰·史密斯和列夫·托尔斯泰"),
        ("•一张桌子", "•一张桌子"),
        ("约翰·史密斯", "约翰·史密斯"),
        ("史密斯‧约翰", "史密斯‧约翰"),
        ("A•B", "A•B"),
    ],
)
def test_dots(text: str, expected: str) -> None:
    assert done(text) == expected
