"""A question letter as in 2016, from the pasted text to the signed answer, its public page and the figures.

The original letter and its answer are used where they lie beside the repository, else a letter of the same anatomy.
"""

from __future__ import annotations

from pathlib import Path

from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.parsing import parse
from portal.accounts.operations.departments import create_department
from portal.core import clock
from portal.core.actor import SYSTEM
from tests.browser.conftest import PHONE, Open
from tests.browser.letters import DESK, Answerer, Asker
from tests.browser.papers import words_of
from tests.browser.reader import Reader
from tests.browser.running import Site
from tests.content.rules.question_letters.test_originals import ORIGINALS, split

OWN = Path(__file__).parents[1] / "content" / "rules" / "question_letters" / "letters" / "four_sections.txt"
# Questions that share the answer of the one that follows.
SHARED = {"3-1-1", "3-2-1", "3-2-2"}
WORDING = {
    "1-2-1": "6月22日に報道発表した資料のとおりです。",
    "1-5-2": "システムの詳細に関わる事項となりますので回答は差し控えさせていただきます。",
    "1-6-2": "現在、総点検を行っているところですので、回答を差し控えさせていただきます。",
}
MAIL = "sample-letter@kaiji.example"
SECTION = "見本企画課"


def the_letters() -> tuple[str, str]:
    """The letter that asks and a text that answers it, 36 questions by 33 answers."""
    if ORIGINALS.exists():
        return split(ORIGINALS.read_text(encoding="utf-8"))
    asked = OWN.read_text(encoding="utf-8")
    lines = []
    for block in parse(asked).blocks:
        if block.kind in (BlockKind.SECTION, BlockKind.GROUP, BlockKind.QUESTION):
            lines.append(f"{block.label}{block.text}")
        if block.kind is BlockKind.QUESTION and block.code not in SHARED:
            lines += ["【回答】", WORDING.get(block.code, f"見本の回答です（{block.code}）。"), ""]
    return asked, "\n".join([*lines, "以上"])


def the_answers_get_what_they_lack(writer: Answerer) -> None:
    """Links, grounds, promised days; whoever quotes otherwise looks at the difference."""
    reply, places = writer.path, writer.answers()
    links = writer.lacking("その場所を")
    days = writer.lacking("いつまでに")
    grounds = [code for code in writer.lacking("その理由を") if code not in days]
    unseen = [code for code in writer.lacking("注意を") if code in places]
    assert links
    assert days
    assert grounds
    for code in links:
        writer.writes(places[code], link="url/https://www.example.jp/press/2016-06-22")
    for code in grounds:
        writer.writes(places[code], ground="system-detail")
    for code in days:
        writer.writes(places[code], ground="under-review", due="2036-01-31")
    for code in unseen:
        if code not in (*links, *grounds, *days):
            writer.writes(places[code])
    writer.opens(reply)
    writer.finishes_the_rest()
    writer.reads("足りないものはありません。")


def a_reader(open_browser: Open) -> Reader:
    """Somebody whose browser keeps no older page: pages may be kept for half a minute."""
    return Reader(open_browser(viewport=PHONE, scripts=False).new_page())


def test_a_letter_of_thirty_six_questions_is_answered_in_public(site: Site, open_browser: Open, tmp_path: Path) -> None:
    asked, answered = the_letters()
    with site.building.database.session(write=True) as session:
        create_department(session, name_ja=SECTION, name_en="Sample Planning", by=SYSTEM, at=clock.now())
    asker = Asker(open_browser(viewport=PHONE, has_touch=True, is_mobile=True).new_page())

    asker.begins_and_pastes(asked)
    asker.reads("36問の質問を読み取りました")
    asker.presses()
    asker.says_who_asks(MAIL)
    asker.confirms_the_address(site, MAIL)
    asker.looks_and_sends()
    reader = a_reader(open_browser)
    reader.opens(f"/letters/{asker.key}")
    reader.does_not_read("見本 花子", MAIL)

    reception, writer, officer, approver = (
        Answerer.at_a_desk(open_browser, login) for login in ("reception", "publisher", "officer", "approver")
    )
    reception.acknowledges(asker.key)
    reception.opens_the_letter_to_the_public(asker.key)
    writer.gives_everything_to(asker.key, SECTION)
    writer.begins(asker.key, "answer")
    reply = writer.path
    writer.pastes_the_answers(answered)
    writer.reads("33件の回答を始めました")
    the_answers_get_what_they_lack(writer)
    writer.takes("send")
    officer.opens(reply)
    officer.takes("clear")
    approver.opens(reply)
    approver.takes("approve")
    approver.takes("issue")

    reader = a_reader(open_browser)
    reader.opens(f"/letters/{asker.key}")
    reader.reads("質問36件、回答33件", "2036-01-31", "見本情報システム機構")
    paper = tmp_path / "answer.pdf"
    paper.write_bytes(reader.page.request.get(f"/letters/{asker.key}/replies/1.pdf").body())
    letter = words_of(paper)
    assert letter.count("【回答】") == 33
    assert "御中" in letter
    reader.opens("/figures/letters")
    reader.reads(SECTION)
    reader.opens("/letters")
    reader.reads(asker.key)

    asker.comes_back()
    asker.asks_back("4-1", "規程の全文はどこで読めますか。")
    reader = a_reader(open_browser)
    reader.opens(f"/letters/{asker.key}")
    reader.does_not_read("規程の全文は")
    reception.opens(f"{DESK}/{asker.key}")
    reception.follows("/words/")
    reception.presses()
    reader = a_reader(open_browser)
    reader.opens(f"/letters/{asker.key}")
    reader.reads("規程の全文はどこで読めますか。")
