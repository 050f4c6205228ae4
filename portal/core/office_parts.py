"""Which parts of an Office file (.xlsx, .docx) are kept, and what in them is refused or left behind.

A list of what is allowed does not grow old: a part is kept when it is of a kind that is shown, and of what describes a
sheet, a workbook or a document's settings only what draws. What somebody would miss is refused, with what to do.
Sources: ECMA-376 parts 1 and 2 (SpreadsheetML 18, WordprocessingML 17, Open Packaging Conventions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from portal.core.errors import N_, Invalid


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


MACROS = N_("This file holds macros or controls. Save it as .xlsx or .docx without them and send it again.")
OBJECTS = N_(
    "This file holds objects of other programs, charts or old drawings. "
    "Replace them by pictures (PNG or JPEG) or by text, or send the file as a PDF."
)
LINKS = N_(
    "This file points to other files, templates or databases. Break the links, keep the values, and send it again. "
    "Links to addresses of the web and of mail are fine."
)
HIDDEN = N_(
    "This file has something hidden: a sheet, rows, columns, text, or cut-off parts of a picture. "
    "Show or delete it and send the file again."
)
COMMENTS = N_("This file has comments or notes. Delete them and send it again.")
CHANGES = N_("This file has tracked changes. Accept or reject all of them and send it again.")
NO_VALUE = N_("This workbook has formulas without a value. Open it in a spreadsheet, save it and send it again.")
PICTURES = N_(
    "This file has a picture that is neither PNG nor JPEG. Replace it by one of these and send the file again."
)
NOT_CHECKED = N_(
    "This file has parts that cannot be checked. Copy what is to be published into a new file and send that."
)

_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
KEPT = {
    "worksheet": _SHEETS + "worksheet+xml",
    "sharedStrings": _SHEETS + "sharedStrings+xml",
    "table": _SHEETS + "table+xml",
    "drawing": _OFFICE + "drawing+xml",
    "theme": _OFFICE + "theme+xml",
    "settings": _WORDS + "settings+xml",
    "webSettings": _WORDS + "webSettings+xml",
    "fontTable": _WORDS + "fontTable+xml",
    "numbering": _WORDS + "numbering+xml",
    "footnotes": _WORDS + "footnotes+xml",
    "endnotes": _WORDS + "endnotes+xml",
    "header": _WORDS + "header+xml",
    "footer": _WORDS + "footer+xml",
}
"""Kinds of relationships whose targets are kept, with the type of the target. Styles and pictures differ by file."""

_LEFT = _names(
    "core-properties extended-properties custom-properties thumbnail customXml customXmlProps printerSettings people "
    "person calcChain sheetMetadata stylesWithEffects classificationlabels glossaryDocument font "
    "keyMapCustomizations recipientData intelligence documenttasks volatileDependencies wsSortMap customProperty "
    "xmlMaps rdRichValue rdRichValueStructure rdRichValueTypes rdArray rdSupportingPropertyBag "
    "rdSupportingPropertyBagStructure richStyles richValueRel FeaturePropertyBag"
)
_REFUSED = {
    MACROS: "vbaProject vbaProjectSignature wordVbaData xlMacrosheet xlIntlMacrosheet macrosheet control ctrlProp "
    "activeXControlBinary attachedToolbars",
    OBJECTS: "oleObject package chart chartEx chartsheet diagramData diagramLayout diagramQuickStyle diagramColors "
    "aFChunk subDocument video audio media slicer slicerCache timeline timelineCache pivotTable pivotCacheDefinition "
    "pivotCacheRecords dialogsheet",
    LINKS: "externalLink externalLinkPath connections queryTable attachedTemplate mailMergeSource "
    "mailMergeHeaderSource frame powerPivotData",
    COMMENTS: "comments threadedComment commentsExtended commentsIds commentsExtensible vmlDrawing",
    CHANGES: "revisionHeaders revisionLog usernames",
}
_MESSAGES = {kind: message for message, kinds in _REFUSED.items() for kind in kinds.split()}

_CHANGED = _names(
    "ins del moveFrom moveTo delText delInstrText cellIns cellDel cellMerge numberingChange rPrChange pPrChange "
    "sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange tblGridChange moveFromRangeStart moveToRangeStart "
    "customXmlInsRangeStart customXmlDelRangeStart"
)
_COMMENTED = frozenset({"comment", "commentReference", "commentRangeStart", "commentRangeEnd", "annotationRef"})
_OBJECTS = frozenset({"object", "pict", "altChunk", "subDoc", "movie", "oleObjects", "OLEObject", "contentPart"})
_CONTROLS = frozenset({"control", "controls"})
_DROPPED = _names(
    "extLst Fallback fldData dataBinding rPh phoneticPr calculatedColumnFormula totalsRowFormula xmlColumnPr "
    "embedRegular embedBold embedItalic embedBoldItalic printerSettings"
)
_FALSE = frozenset({"0", "false", "off", "none"})
_FIELDS = _names(
    "PAGE NUMPAGES SECTIONPAGES SECTION TOC TC HYPERLINK REF PAGEREF NOTEREF SEQ STYLEREF EQ DATE TIME ADVANCE "
    "SYMBOL QUOTE INDEX XE LISTNUM TITLE SUBJECT AUTHOR FILENAME CREATEDATE SAVEDATE PRINTDATE DOCPROPERTY NUMWORDS "
    "NUMCHARS"
)
_CONTROL_FIELDS = frozenset({"FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "MACROBUTTON"})
_HIDING = _names("vanish specVanish sheet sheetFormatPr row col hidden cNvPr docPr srcRect numFmt")
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_SWITCHES = re.compile(r'\\[lot]\s*(?:"[^"]*"|\S+)|\\[a-z]', re.IGNORECASE)

_SHOWN = {
    "workbook": "workbookPr bookViews sheets definedNames",
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData autoFilter mergeCells "
    "conditionalFormatting hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks "
    "ignoredErrors drawing tableParts",
    "settings": "zoom mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop defaultTabStop "
    "autoHyphenation evenAndOddHeaders bookFoldPrinting drawingGridHorizontalSpacing drawingGridVerticalSpacing "
    "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery characterSpacingControl strictFirstAndLastChars "
    "noLineBreaksAfter noLineBreaksBefore footnotePr endnotePr compat themeFontLang clrSchemeMapping decimalSymbol "
    "listSeparator mathPr",
}


def local(element: Any) -> str:
    """The name of an element or an attribute without its namespace."""
    name = element if isinstance(element, str) else element.tag
    return str(name).rpartition("}")[2]


def check_relation(kind: str, target: str, *, external: bool) -> bool:
    """Whether what a relationship leads to is kept; Invalid where it must not be in a file that is published."""
    if kind in _MESSAGES:
        raise Invalid(_MESSAGES[kind])
    if external:
        if kind != "hyperlink" or not _WEB.match(target.strip()):
            raise Invalid(LINKS)
        return True
    if kind == "hyperlink" and ":" in target:
        raise Invalid(LINKS)
    if kind in _LEFT:
        return False
    if kind not in {*KEPT, "officeDocument", "styles", "image", "hyperlink"}:
        raise Invalid(NOT_CHECKED)
    return True


def clean_part(root: Any) -> None:
    """Refuse in a part what must not be published, and leave out what does not draw. Invalid."""
    for element in list(root.iter()):
        _check(element)
    for instruction in _instructions(root):
        _check_field(instruction)
    shown = _SHOWN.get(local(root))
    for element in list(root.iter()):
        name = local(element)
        outside = shown is not None and element.getparent() is root and name not in shown.split()
        if element is not root and (outside or name in _DROPPED or _is_own_name(element)):
            _remove(element)
            continue
        for key in [key for key in element.attrib if local(key).startswith("rsid")]:
            del element.attrib[key]
        if name == "c":
            _fix_value(element)
        elif name == "pageSetup":  # the settings of somebody's printer
            for key in [key for key in element.attrib if local(key) == "id"]:
                del element.attrib[key]


def _check(element: Any) -> None:
    name = local(element)
    if name in _CHANGED:
        raise Invalid(CHANGES)
    if name in _COMMENTED:
        raise Invalid(COMMENTS)
    if name in _CONTROLS:
        raise Invalid(MACROS)
    if name in _OBJECTS and not _in_fallback(element):
        raise Invalid(OBJECTS)
    if _hides(element, name):
        raise Invalid(HIDDEN)
    if any(local(key) == "action" for key in element.attrib) and name.startswith("hlink"):
        raise Invalid(MACROS)


def _hides(element: Any, name: str) -> bool:
    if name not in _HIDING:
        return False
    said: dict[str, str] = {local(key): value.strip().lower() for key, value in element.attrib.items()}
    if name in ("vanish", "specVanish"):
        return said.get("val", "true") not in _FALSE
    if name == "sheet":
        return said.get("state", "visible") != "visible"
    if name == "sheetFormatPr":
        return said.get("zeroHeight", "0") not in _FALSE
    if name == "row":
        return said.get("hidden", "0") not in _FALSE or _is_nothing(said.get("ht"))
    if name == "col":
        return said.get("hidden", "0") not in _FALSE or _is_nothing(said.get("width"))
    if name == "hidden":  # a row of a table; a style may be kept out of the list of styles
        return local(element.getparent()) == "trPr" and said.get("val", "true") not in _FALSE
    if name in ("cNvPr", "docPr"):
        return said.get("hidden", "0") not in _FALSE
    if name == "srcRect":
        return not all(_is_nothing(value) for value in said.values())
    if name == "numFmt":
        code = re.sub(r'["\s]|\[[^]]*\]', "", said.get("formatCode", "x"))
        return bool(code) and not code.strip(";")
    return False


def _is_nothing(number: str | None) -> bool:
    try:
        return number is not None and float(number.rstrip("%")) == 0
    except ValueError:
        return False


def _in_fallback(element: Any) -> bool:
    """Whether it stands in what old programs show instead, which is left out."""
    return any(local(above) == "Fallback" for above in element.iterancestors())


def _instructions(root: Any) -> Iterator[str]:
    """What the fields of a document do: each field's instruction, put together from its runs."""
    open_fields: list[str] = []
    for element in root.iter():
        name = local(element)
        if name == "fldSimple":
            yield next((value for key, value in element.attrib.items() if local(key) == "instr"), "")
        elif name == "instrText":
            if not open_fields:
                raise Invalid(LINKS)
            open_fields[-1] += element.text or ""
        elif name == "fldChar":
            kind = next((value for key, value in element.attrib.items() if local(key) == "fldCharType"), "")
            if kind == "begin":
                open_fields.append("")
            elif open_fields:
                yield open_fields[-1]
                if kind == "end":
                    open_fields.pop()


def _check_field(instruction: str) -> None:
    name, _, rest = instruction.strip().partition(" ")
    if name.upper() in _CONTROL_FIELDS:
        raise Invalid(MACROS)
    if name and name.upper() not in _FIELDS and not name.startswith("="):
        raise Invalid(LINKS)
    if name.upper() == "HYPERLINK":
        target = _SWITCHES.sub(" ", rest).strip().strip('"')
        if target and not _WEB.match(target):
            raise Invalid(LINKS)


def _is_own_name(element: Any) -> bool:
    """Names of a workbook are left out, they can hold anything; what is printed stays."""
    return local(element) == "definedName" and not element.get("name", "").startswith("_xlnm.Print_")


def _fix_value(cell: Any) -> None:
    """A formula gives way to the value that was shown, so that nothing is computed or fetched at the reader's."""
    formulas = [child for child in cell if local(child) == "f"]
    valued = any(local(child) == "v" and (child.text or cell.get("t") == "str") for child in cell)
    if formulas and not valued:
        raise Invalid(NO_VALUE)
    for formula in formulas:
        _remove(formula)
    for key in ("cm", "vm"):
        cell.attrib.pop(key, None)


def _remove(element: Any) -> None:
    """Take an element out of its parent; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
