"""Areas: the whole country, a prefecture by its two digits (JIS X 0401), a municipality by its six-digit code."""

from __future__ import annotations

COUNTRY = "JP"
COUNTRY_NAMES = ("全国", "Whole country")
_NAMES = """
北海道 Hokkaido 青森県 Aomori 岩手県 Iwate 宮城県 Miyagi 秋田県 Akita 山形県 Yamagata 福島県 Fukushima
茨城県 Ibaraki 栃木県 Tochigi 群馬県 Gunma 埼玉県 Saitama 千葉県 Chiba 東京都 Tokyo 神奈川県 Kanagawa
新潟県 Niigata 富山県 Toyama 石川県 Ishikawa 福井県 Fukui 山梨県 Yamanashi 長野県 Nagano 岐阜県 Gifu
静岡県 Shizuoka 愛知県 Aichi 三重県 Mie 滋賀県 Shiga 京都府 Kyoto 大阪府 Osaka 兵庫県 Hyogo 奈良県 Nara
和歌山県 Wakayama 鳥取県 Tottori 島根県 Shimane 岡山県 Okayama 広島県 Hiroshima 山口県 Yamaguchi
徳島県 Tokushima 香川県 Kagawa 愛媛県 Ehime 高知県 Kochi 福岡県 Fukuoka 佐賀県 Saga 長崎県 Nagasaki
熊本県 Kumamoto 大分県 Oita 宮崎県 Miyazaki 鹿児島県 Kagoshima 沖縄県 Okinawa
"""
_WORDS = _NAMES.split()
PREFECTURES: dict[str, tuple[str, str]] = {
    f"{number:02}": (ja, en) for number, (ja, en) in enumerate(zip(_WORDS[::2], _WORDS[1::2], strict=True), 1)
}


def fixed_name(area: str) -> tuple[str, str] | None:
    """The Japanese and English name of the country or a prefecture; None for a municipality."""
    return COUNTRY_NAMES if area == COUNTRY else PREFECTURES.get(area)


def is_area(text: str) -> bool:
    """Whether ``text`` has the form of an area; a municipality's check digit is not looked at here."""
    municipality = len(text) == 6 and text.isascii() and text.isdigit() and text[:2] in PREFECTURES
    return municipality or fixed_name(text) is not None
