"""What is printed beside the letters of a run."""

from __future__ import annotations

import pytest

from disclosure.letters.print_run import window_size


@pytest.mark.parametrize(
    ("name", "address", "size"),
    [
        ("見本　花子　様", "東京都千代田区見本町一丁目2番3号", "plain"),
        ("見本　" + "寿限無" * 7 + "　様", "東京都千代田区見本町一丁目2番3号　見本ハイツ" * 2, "less"),
        ("見本　" + "寿限無" * 12 + "　様", "東京都千代田区見本町一丁目2番3号　見本ハイツ" * 4, "small"),
        ("S" * 90 + "　様", "東京都千代田区見本町", "middle"),
        ("見本　" + "寿限無" * 25 + "　様", "東京都千代田区見本町一丁目2番3号　見本ハイツ" * 7, "beside"),
    ],
)
def test_an_address_takes_the_largest_size_that_fits_the_window_and_is_never_cut(name, address, size) -> None:
    assert window_size(name, "100-0000", address) == size
