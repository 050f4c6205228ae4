"""No text at all is an error, takes a second of the processor, or takes memory without end."""

import os
import resource
import time

from search.backend import Backend, Wishes
from search.names import Name, of
from search.queries import find, suggestions
from search.synonyms import shipped
from search.vocabulary import Vocabulary
from tests.search.fuzzed import queries
from tests.search.samples import a_record

# For each of the four engines; `make fuzz` asks ten thousand in all.
COUNT = int(os.environ.get("FUZZED_QUERIES", "300")) // 4
LONGEST_SECONDS, MOST_MORE_KB = 1.0, 200_000
BODY = "中継サーバーのカードの障害。" * 40
NAMES = of(
    [
        Name("area", "131229", "葛飾区", "Katsushika", ("かつしかく",)),
        Name("system", "relay", "中継サーバ", "Relay server"),
    ]
)


def test_no_text_at_all_is_an_error_or_takes_long(engine: Backend) -> None:
    engine.put([a_record(f"page/{number}", f"障害の第{number}報", BODY) for number in range(60)])
    known, before = Vocabulary(engine.words(), NAMES), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for text in queries(COUNT, seed=COUNT):
        began = time.process_time()
        wishes = Wishes(language="ja", facets=("kind", "year"), newest=len(text) % 5 == 0)
        answer = find(engine, text, names=NAMES, synonyms=shipped(), words=lambda: known, **wishes)
        suggestions(engine, text[:60], known, shipped())
        assert time.process_time() - began < LONGEST_SECONDS, text
        assert answer.found.ready, text
        assert answer.found.total >= len(answer.found.hits), text
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MORE_KB
