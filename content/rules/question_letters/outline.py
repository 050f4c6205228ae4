"""Lines with labels as a tree of numbered items.

An item is where its line is: nothing is moved. A label that does not go on with a list is a label all the same, with a
doubt for a person to look at, unless the line before it was broken at the edge of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from content.rules.question_letters.blocks import Doubt, DoubtKind
from content.rules.question_letters.labels import Label, Style, read_label
from content.rules.question_letters.lines import Line, is_full

# Labels of these styles number the parts of a whole letter, wherever they first come.
OUTERMOST = (Style.SQUARE, Style.ARTICLE, Style.ROMAN, Style.KANJI)
_ASKS = re.compile(
    r"(か|のか|ないか|どうか)[」』）)]*[。．.]?$|[?？]|ください|下さい|されたい|願い|お示し|伺い|伺う|うかが|御教示|ご教示|"
    r"明らかに|説明を|お答え|教えて|求め(?:る|ます)[。．]?$"
)
_TURNS = re.compile(r"^[\s\u3000]*(これら|以上|上記|そこで|つきましては|ついては|以下)")
_ANSWER = re.compile(r"^[\s\u3000]*([\[【〔［]\s*(?:回\s*答|答|御回答|ご回答)\s*[\]】〕］])[\s\u3000]*")
_PARTICLE = re.compile(r"^(について|に|の|は|が|を|と|で|も|から|まで|より|及び|および|や)")


def asks(text: str) -> bool:
    """Whether a text reads like a question or a demand to tell."""
    return bool(_ASKS.search(text.strip()))


@dataclass
class Text:
    """An own line of an item, or of an answer to it. ``answers``: the 【回答】 with which the answer begins here."""

    line: int
    text: str
    apart: bool
    of_answer: bool = False
    answers: str = ""


@dataclass
class Node:
    """An item while the letter is read; ``run`` says which list below the parent it stands in."""

    label: Label | None
    parent: Node | None = None
    run: int = 0
    parts: list[Text | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        return [part for part in self.parts if isinstance(part, Node)]

    @property
    def texts(self) -> list[Text]:
        return [part for part in self.parts if isinstance(part, Text) and not part.of_answer]

    @property
    def answered(self) -> bool:
        return any(isinstance(part, Text) and part.of_answer for part in self.parts)

    @property
    def style(self) -> Style | None:
        return self.label.style if self.label else None

    def all_text(self) -> str:
        return "".join(text.text for text in self.texts)


class Outline:
    """Reads lines one by one; ``root`` is the letter."""

    def __init__(self, page: int | None, *, bullets: bool) -> None:
        self.root = Node(None)
        self.doubts: list[Doubt] = []
        self._page, self._bullets = page, bullets
        self._at, self._last = self.root, ""
        self._closed: Node | None = None
        self._answering = False

    def read(self, line: Line, *, apart: bool) -> None:
        """Take one line of text; ``apart``: an empty line before it means something."""
        if answer := _ANSWER.match(line.text):
            self._answering = True
            rest = line.text[answer.end() :]
            self._at.parts.append(Text(line.number, rest, False, of_answer=True, answers=answer[1]))
            self._last = line.text
            return
        found = read_label(line.text)
        if found is not None and (found[0].style is not Style.BULLET or self._bullets):
            label, rest = found
            if (parent := self._parent_of(label, rest, line.number)) is not None:
                self._open(parent, label, Text(line.number, rest, False))
                self._last = line.text
                return
        if not self._answering and _TURNS.match(line.text) and asks(line.text) and not is_full(self._last, self._page):
            self._close_list()
        self._at.parts.append(Text(line.number, line.text, apart, of_answer=self._answering))
        self._last = line.text

    def _broken_before(self) -> bool:
        return is_full(self._last, self._page) and not self._last.rstrip().endswith(("。", "．"))

    def _doubt(self, line: int, kind: DoubtKind) -> None:
        self.doubts.append(Doubt(line, kind))

    def _parent_of(self, label: Label, rest: str, line: int) -> Node | None:
        """Where an item with this label belongs; None: it is no label but a line that was broken there."""
        same: Node | None = self._at
        while same is not None and same.style is not label.style:
            same = same.parent
        if same is not None and same.label is not None and same.parent is not None:
            if label.style is Style.BULLET or label.number == same.label.number + 1:
                if not (self._broken_before() and _PARTICLE.match(rest)):
                    return same.parent
            elif label.number == 1 and not self._broken_before():
                return same.parent
            elif not self._broken_before():
                late = label.number > same.label.number
                self._doubt(line, DoubtKind.NUMBER_LEFT_OUT if late else DoubtKind.NUMBER_AGAIN)
                return same.parent
            self._doubt(line, DoubtKind.READ_AS_TEXT)
            return None
        if self._broken_before() and (label.number > 1 or _PARTICLE.match(rest)):
            self._doubt(line, DoubtKind.READ_AS_TEXT)
            return None
        before = self._earlier(label)
        if label.number > 1 and before != label.number - 1:
            self._doubt(line, DoubtKind.NUMBER_LEFT_OUT)
        return self.root if label.style in OUTERMOST else self._at

    def _earlier(self, label: Label) -> int:
        """The number of the last item of this style in the place that was last closed; 0 where there is none."""
        siblings = [node for node in self._at.children if node.style is label.style]
        return siblings[-1].label.number if siblings and siblings[-1].label else 0

    def _open(self, parent: Node, label: Label, text: Text) -> None:
        siblings = parent.children
        run = 0
        if siblings:
            last = siblings[-1]
            goes_on = last.style is label.style and not (label.number == 1 and label.style is not Style.BULLET)
            run = last.run if goes_on and self._closed is not parent else last.run + 1
        self._closed, self._answering = None, False
        node = Node(label, parent, run, [text])
        parent.parts.append(node)
        self._at = node

    def _close_list(self) -> None:
        """After a list of statements comes a sentence that asks about all of them: it belongs to what they stand in."""
        node = self._at
        parent = node.parent
        if parent is None or node.children:
            return
        run = [one for one in parent.children if one.run == node.run]
        if len(run) > 1 and not any(one.children for one in run):
            self._at, self._closed = parent, parent
