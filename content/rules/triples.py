"""Statements about the record as data on the web (RDF): written once, as JSON-LD and as Turtle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TYPE = "a"


@dataclass(frozen=True)
class Iri:
    """A thing by its address."""

    address: str


@dataclass(frozen=True)
class Text:
    """Words in a language; without one, plain text."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Typed:
    """A value of a type of XML Schema (``xsd:date``)."""

    text: str
    kind: str


Value = Iri | Text | Typed
# Subject, property with its prefix (or TYPE with a class), value.
Triple = tuple[str, str, Value | str]


def json_ld(triples: Sequence[Triple]) -> bytes:
    """All statements, a node for each subject."""
    nodes: dict[str, dict[str, object]] = {}
    for subject, name, value in triples:
        node = nodes.setdefault(subject, {"@id": subject})
        if isinstance(value, str):
            _list(node, "@type").append(value)
        else:
            _list(node, name).append(_json(value))
    whole = {"@context": PREFIXES, "@graph": list(nodes.values())}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _list(node: dict[str, object], name: str) -> list[object]:
    found = node.setdefault(name, [])
    return found if isinstance(found, list) else []


def _json(value: Value) -> dict[str, str]:
    match value:
        case Iri(address):
            return {"@id": address}
        case Typed(text, kind):
            return {"@value": text, "@type": kind}
        case Text(text, language):
            return {"@value": text, "@language": language} if language else {"@value": text}


def turtle(triples: Sequence[Triple]) -> bytes:
    """The same as Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for subject, name, value in triples:
        said = value if isinstance(value, str) else _turtle(value)
        lines.append(f"<{_iri(subject)}> {name} {said} .")
    return ("\n".join(lines) + "\n").encode()


def _turtle(value: Value) -> str:
    match value:
        case Iri(address):
            return f"<{_iri(address)}>"
        case Typed(text, kind):
            return f"{json.dumps(text)}^^{kind}"
        case Text(text, language):
            return json.dumps(text, ensure_ascii=False) + (f"@{language}" if language else "")


def _iri(address: str) -> str:
    """An address without the characters that would end it."""
    return "".join(f"%{ord(one):02X}" if one in '<>"{}|^`\\ ' or ord(one) < 32 else one for one in address)
