"""How Whoosh files what it is given: tokens that merely exist, and columns."""

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec

from search.whoosh_postings import BLOCK, BulkFieldWriter, BulkPostingsWriter


class TokenField(fields.FieldType):  # type: ignore[misc]
    """A field that is given its tokens ready, and keeps only that they exist."""

    analyzer = None
    scorable = stored = unique = vector = False
    format = formats.Existence()

    def __init__(self) -> None:
        """Whoosh's own initialiser wants an analyzer: none here."""

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((token.encode("utf-8", "surrogatepass"), 1, 1.0, b"") for token in value)

    def to_bytes(self, value: "str | bytes") -> bytes:
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, value: bytes) -> str:
        return value.decode("utf-8", "surrogatepass")


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own format without lengths of fields, whose look-up costs half of the time of building."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK)

    def field_writer(self, storage: Any, segment: Any) -> BulkFieldWriter:
        return BulkFieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> BulkPostingsWriter:
        return BulkPostingsWriter(dbfile, blocklimit=BLOCK, byteids=byteids)


def schema() -> fields.Schema:
    column = columns.VarBytesColumn
    return fields.Schema(
        title=TokenField(),
        text=TokenField(),
        facet=TokenField(),
        folded=fields.COLUMN(column()),
        card=fields.COLUMN(column()),
        place=fields.COLUMN(column()),
    )
