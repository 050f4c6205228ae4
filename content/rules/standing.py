"""The pages that always stand: where they are and what a search finds them by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StandingPage:
    """``body_*`` is a summary in the words that readers look for."""

    path: str
    title_ja: str
    title_en: str
    body_ja: str
    body_en: str


STANDING_PAGES: dict[str, StandingPage] = {
    "procedure": StandingPage(
        path="/procedure",
        title_ja="自分の記録の開示を請求する手続",
        title_en="How to request your own records",
        body_ja=(
            "個人情報の保護に関する法律に基づき、だれでも自分の個人情報の開示を請求できます。個人番号カードの交付申請書と顔写真の"
            "写しを請求する方法、本人確認書類、代理人、手数料、30日の期限、補正、開示・部分開示・不開示の決定、審査請求。"
        ),
        body_en=(
            "Everyone can ask to see the personal information held about them under the Act on the Protection of "
            "Personal Information: card application forms and face photos, identity documents, representatives, fees, "
            "the period of 30 days, corrections of the request, full and partial disclosure, refusal, and appeal."
        ),
    ),
    "about": StandingPage(
        path="/about",
        title_ja="このサイトについて",
        title_en="About this site",
        body_ja="このサイトの目的、資料の出典、訂正の方針、利用条件（ライセンス）、データの再利用。",
        body_en="What this site is for, its sources, how errors are corrected, licence and reuse of the data.",
    ),
    "accessibility": StandingPage(
        path="/accessibility",
        title_ja="アクセシビリティ",
        title_en="Accessibility",
        body_ja="ウェブアクセシビリティ方針。JIS X 8341-3:2016 適合レベルAAを目標とします。点字、音声、大きな文字。",
        body_en="Accessibility policy. The goal is JIS X 8341-3:2016, level AA. Braille, sound, large print.",
    ),
    "privacy": StandingPage(
        path="/privacy",
        title_ja="個人情報の取扱い",
        title_en="Privacy",
        body_ja="請求者の個人情報の利用目的、暗号化、保存期間、クッキー、アクセス記録。公開する情報に個人の記録は含まれません。",
        body_en="How the personal information of requesters is used, encrypted and kept; cookies; access logs.",
    ),
}
