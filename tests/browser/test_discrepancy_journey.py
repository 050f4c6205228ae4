"""A wrong duplicate, from the first doubt to the report, through two bodies, a prefecture and the operator.

The flow of the notice's attachment 1: checking at home, asking, the search for the cause, what follows from it.
"""

from __future__ import annotations

from portal.core import clock
from portal.core.clock import day_in_japan
from tests.browser.bodies import CASES, Correspondent, open_the_register
from tests.browser.conftest import Open
from tests.browser.running import Site
from tests.factories.smtp import subject, words

INQUIRER, PROVIDER, PREFECTURE, OTHER = "131016", "011002", "010006", "141003"
MAIL = "sample-desk@kaiji.example"
SERIAL = "20261102-SAMPLE-000123"
SUMMARY = "所得の額が課税証明書と異なる。"
# It has the form of a personal number and belongs to nobody.
DUMMY = "123456789018"


def test_a_wrong_duplicate_is_corrected_and_everybody_concerned_learns_of_it(site: Site, open_browser: Open) -> None:
    open_the_register(site, INQUIRER, PROVIDER, PREFECTURE, OTHER)
    provider = Correspondent.of(PROVIDER, open_browser)
    provider.keeps_the_desk(MAIL)

    inquirer = Correspondent.of(INQUIRER, open_browser)
    inquirer.fills_in_the_case(f"{SUMMARY}番号は{DUMMY}です。", SERIAL)
    assert inquirer.errors
    number = inquirer.opens_a_case(SUMMARY, SERIAL)
    inquirer.checks_at_home()
    inquirer.does("papers")
    inquirer.sends(used_on="2026-11-02", note="標準処理期間を守るため。")
    inquirer.asks("provider", "副本の確認をお願いします。", to="北海道札幌市")
    inquirer.reads("情報提供者に問合せ", "北海道札幌市")

    (mail,) = site.mails_to(MAIL, count=1)
    assert number not in subject(mail)
    assert SUMMARY not in words(mail)
    provider.opens(CASES)
    provider.follows(number)
    provider.number = number
    provider.reads(SUMMARY, SERIAL, "添付書類で判断")
    provider.takes("take-up")
    provider.takes("say-slow", "委託先に確認中です。来週までかかる見込みです。")
    provider.asks("operator", "電文の記録を確認してください。")
    prefecture = Correspondent.of(PREFECTURE, open_browser)
    prefecture.passes_everything_on()
    operator = Correspondent(open_browser().new_page())
    operator.signs_in("officer")
    operator.passes_everything_on()
    operator.answers("電文に異常はありません。")
    provider.takes("hear-answer")
    provider.finds("find-wrong-data", "副本の登録遅延（10月分）", quick=True)
    provider.takes("fix-duplicate", "副本データを修正しました。")
    provider.does("others")
    provider.ticks("checked")
    provider.sends(others=f"{OTHER}, {SERIAL}-2", text="10月分の所得に誤りがありました。再照会してください。")

    other = Correspondent.of(OTHER, open_browser)
    other.opens("/bodies/notices")
    other.follows("/bodies/notices/")
    other.reads("再照会してください。", f"{SERIAL}-2")
    other.does_not_read(number, SUMMARY)
    answer = other.page.goto(f"{CASES}/{number}")
    assert answer is not None
    assert answer.status == 404

    inquirer.looks_at(number)
    inquirer.takes("requery")
    inquirer.does("remedy")
    inquirer.sends(done_on="2026-11-05")
    inquirer.reads("顛末報告書の提出待ち")
    provider.looks_at(number)
    provider.reads("顛末報告書の期限", "副本の登録遅延（10月分）")
    provider.writes_the_report(human_cause="duplicate-late")
    report, title = provider.path, provider.heading
    assert title == f"{day_in_japan(clock.now()):%y%m%d}01100-01 北海道札幌市【顛末報告書】"
    provider.reads("東京都千代田区", "副本の登録遅延（10月分）")
    told, book = provider.fields, provider.takes_the_book()
    assert book["name"] == f"{title}.xlsx"

    operator.opens("/staff/discrepancies")
    operator.follows(report)
    operator.main.locator("summary").click()
    operator.fills_in(because="もう一度ご確認ください。")
    operator.presses(kind="danger")
    provider.opens(report)
    provider.reads("もう一度ご確認ください。")
    provider.sends_the_book(book)
    provider.opens(f"{report}/edit")
    provider.files_the_report()
    assert provider.fields == told, "what came back from the workbook is what went into it"
    operator.opens(report)
    operator.presses(to="/accept")
    operator.reads("受付番号")
    inquirer.looks_at(number)
    inquirer.reads("顛末報告書を受付")
