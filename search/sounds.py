"""How Japanese sounds, for those who type it in kana or in Latin letters: ちゅうけいサーバ, chuukei saaba, tyukei saba.

All of these become one string without long vowels. Kanji have no sound here and stay: words in kanji come with their
reading.
"""

import re
import unicodedata
from functools import lru_cache

_HIRAGANA = (
    "あいうえおかきくけこがぎぐげごさしすせそざじずぜぞたちつてとだぢづでど"
    "なにぬねのはひふへほばびぶべぼぱぴぷぺぽまみむめもやゆよらりるれろわゐゑをんゔ"
)
_LATIN = """
a i u e o ka ki ku ke ko ga gi gu ge go sa shi su se so za ji zu ze zo ta chi tsu te to da ji zu de do na ni nu ne no
ha hi fu he ho ba bi bu be bo pa pi pu pe po ma mi mu me mo ya yu yo ra ri ru re ro wa i e o n vu
"""
_KANA = dict(zip(_HIRAGANA, _LATIN.split(), strict=True))
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゎ": "wa"}
# Other ways to write the same in Latin letters, in the order in which they are read.
_WAYS = (
    (r"[ 'ー・　-]", ""), (r"l", "r"), (r"c(?!h)", "k"), (r"[jz]y", "j"), (r"zi", "ji"), (r"sy", "sh"), (r"si", "shi"),
    (r"ty", "ch"), (r"ti", "chi"), (r"tu", "tsu"), (r"(?<![cs])hu", "fu"), (r"(?<=[cs]h)y", ""), (r"tch", "ch"),
    (r"m(?=[bp])", "n"), (r"([^aeioun])\1+", r"\1"), (r"nn+", "n"), (r"ou|oo+", "o"), (r"ei|ee+", "e"),
    (r"aa+", "a"), (r"ii+", "i"), (r"uu+", "u"),
)  # fmt: skip
_SOUNDED = [(re.compile(way), said) for way, said in _WAYS]
_KANA_OR_KANJI = re.compile("[ぁ-ゖァ-ヺー・ 　々\u3400-\u9fff]*[ぁ-ゖァ-ヺ][ぁ-ゖァ-ヺー・ 　々\u3400-\u9fff]*")
_LATIN_ONLY = re.compile("[a-z '-]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


@lru_cache(maxsize=4096)
def sound(text: str) -> str:
    """How a text sounds that is in kana or wholly in Latin letters, kanji left as they are; "" for any other."""
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    if _LATIN_ONLY.fullmatch(plain):
        return _shortened(plain)
    return _shortened(_spelled(plain.translate(_TO_HIRAGANA))) if _KANA_OR_KANJI.fullmatch(plain) else ""


def _spelled(kana: str) -> str:
    out = ""
    doubled = False
    for char in kana:
        if char in _SMALL:
            vowel = _SMALL[char]
            out = out[:-1] + (vowel[1:] if out[-2:-1] in ("h", "j") and vowel[0] == "y" else vowel) if out else vowel
            continue
        said = _KANA.get(char, "" if char == "っ" else char)
        out += said[:1] + said if doubled else said
        doubled = char == "っ"
    return out


def _shortened(latin: str) -> str:
    for way, said in _SOUNDED:
        latin = way.sub(said, latin)
    return latin
