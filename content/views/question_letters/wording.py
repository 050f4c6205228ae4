"""The desk of question letters in words: what waits, how far a letter is, what was done."""

from __future__ import annotations

from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.replies import WARNINGS
from content.rules.question_letters.states import ReplyAction, ReplyKind, ReplyState, SenderWordKind
from content.rules.question_letters.work import Stage
from portal.web.language import _l

STAGES = {
    Stage.ACKNOWLEDGE: _l("To confirm to the sender"),
    Stage.OPEN: _l("To open"),
    Stage.ASSIGN: _l("To assign"),
    Stage.DRAFT: _l("To draft"),
    Stage.CHECK: _l("To check"),
    Stage.APPROVE: _l("To approve"),
    Stage.ISSUE: _l("To issue"),
    Stage.READ: _l("Words of senders to read"),
    Stage.LATER: _l("Later answers"),
}
KINDS = {
    ReplyKind.INTERIM: _l("Interim letter"),
    ReplyKind.ANSWER: _l("Answer"),
    ReplyKind.LATER: _l("Later answer"),
}
BEGIN = {
    ReplyKind.INTERIM: _l("Begin an interim letter"),
    ReplyKind.ANSWER: _l("Begin the answer"),
    ReplyKind.LATER: _l("Begin a later answer"),
}
STATES = {
    ReplyState.DRAFT: (_l("Being written"), "info"),
    ReplyState.CHECK: (_l("At the legal check"), "warning"),
    ReplyState.APPROVAL: (_l("Waits for approval"), "warning"),
    ReplyState.APPROVED: (_l("Approved, to be issued"), "warning"),
    ReplyState.ISSUED: (_l("Issued"), "success"),
    ReplyState.DISCARDED: (_l("Discarded"), "neutral"),
}
STEPS = {
    ReplyAction.SEND: _l("Send to the legal check"),
    ReplyAction.CLEAR: _l("The check found nothing"),
    ReplyAction.APPROVE: _l("Approve"),
    ReplyAction.ISSUE: _l("Issue the letter"),
    ReplyAction.DISCARD: _l("Discard"),
}
BLOCKS = {
    BlockKind.DATE: _l("Day"),
    BlockKind.ADDRESSEE: _l("Addressee"),
    BlockKind.SENDER: _l("Sender"),
    BlockKind.TITLE: _l("Title"),
    BlockKind.PREFACE: _l("Preface"),
    BlockKind.SECTION: _l("Section"),
    BlockKind.GROUP: _l("Group of questions"),
    BlockKind.FACT: _l("Fact"),
    BlockKind.QUESTION: _l("Question"),
    BlockKind.PASSAGE: _l("Text"),
    BlockKind.ANSWER: _l("Answer"),
    BlockKind.CLOSING: _l("End of the letter"),
    BlockKind.CONTACT: _l("How to reach the sender"),
}
SAID = {
    SenderWordKind.ASK_BACK: _l("Asked back"),
    SenderWordKind.NOT_ANSWERED: _l("Says that the answer does not answer"),
}
ACTIONS = {
    "content.letter.file": _l("Letter received"),
    "content.letter.look": _l("Looked at what is sealed"),
    "content.letter.acknowledge": _l("Arrival confirmed to the sender"),
    "content.letter.register": _l("Opened to the public"),
    "content.letter.return": _l("Returned to the sender"),
    "content.letter.withdraw": _l("Withdrawn by the sender"),
    "content.letter.assign": _l("Questions given to a department"),
    "content.letter.correct": _l("Reading of the letter corrected"),
    "content.question.link": _l("Reference of a question added"),
    "content.question.unlink": _l("Reference of a question taken away"),
    "content.word.say": _l("The sender said something of an answer"),
    "content.word.look": _l("Looked at words of the sender"),
    "content.word.release": _l("Words of the sender released"),
    "content.reply.begin": _l("Letter in reply begun"),
    "content.reply.edit": _l("Letter in reply changed"),
    "content.reply.begin-answer": _l("Answer begun"),
    "content.reply.write-answer": _l("Answer changed"),
    "content.reply.drop-answer": _l("Answer dropped"),
    "content.reply.send": _l("Sent to the legal check"),
    "content.reply.clear": _l("Legal check found nothing"),
    "content.reply.approve": _l("Letter approved"),
    "content.reply.send-back": _l("Sent back"),
    "content.reply.discard": _l("Discarded"),
    "content.reply.issue": _l("Letter issued"),
}
WORDS = {
    "stages": STAGES,
    "reply_kinds": KINDS,
    "reply_begin": BEGIN,
    "reply_states": STATES,
    "reply_steps": STEPS,
    "sender_words": SAID,
    "block_kinds": BLOCKS,
    "cautions": {kind: _l(text) for kind, text in WARNINGS.items()},
}
