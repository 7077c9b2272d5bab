"""Submission packages: SIP_hoso of TT 05/2025/TT-BNV, an E-ARK package in a ZIP. The same file gives the same bytes.

METS of the package and of its one representation, EAD of the file, EAD_doc of each document, SHA-256 everywhere; no
PREMIS, which belongs to the archive's own package.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from congvu.common.text import fold
from congvu.common.zones import iso, local
from congvu.domains.workfiles.contents import Whole, ead_document, ead_file, whole
from congvu.domains.workfiles.metadata import EAD_DOC, EAD_FILE, Field
from congvu.domains.workfiles.models import Submission, WorkFile
from congvu.domains.workfiles.types import Package

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
_XS = "http://www.w3.org/2001/XMLSchema"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the package, its path relative to the METS that names it."""

    path: str
    data: bytes
    media_type: str
    kind: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def sip(file: WorkFile, made: Submission) -> Package:
    """The package of a submission. Built again, it is the same to the byte."""
    held, root, at = whole(file, until=made.at), f"uuid-{made.package}", local(made.at)
    inner = list(_representation(held))
    rep = _Part("representations/rep1/METS.xml", _mets(f"{root}-rep1", held, at, inner, "rep1"), "text/xml", "rep")
    outer = [
        _Part("metadata/descriptive/EAD.xml", _record("ead", ead_file(held)), "text/xml", "dmd"),
        _Part("schemas/EAD.xsd", _schema("ead", EAD_FILE), "text/xml", "schema"),
        _Part("schemas/EAD_doc.xsd", _schema("ead_doc", EAD_DOC), "text/xml", "schema"),
        rep,
    ]
    parts = {f"representations/rep1/{part.path}": part.data for part in inner}
    parts |= {part.path: part.data for part in outer}
    parts["METS.xml"] = _mets(root, held, at, outer, "")
    content = _zip({f"{root}/{path}": data for path, data in parts.items()}, at)
    name = f"{made.number:03d}{root}.zip"
    return Package(name, content, hashlib.sha256(content).hexdigest())


def _representation(held: Whole) -> Iterable[_Part]:
    """Descriptions and data, in the order of the file."""
    for document in held.documents:
        described = _record("ead_doc", ead_document(held, document))
        yield _Part(f"metadata/descriptive/EAD_doc_{document.number:07d}.xml", described, "text/xml", "dmd")
    for document in held.documents:
        for place, content in enumerate(document.contents, start=1):
            name = f"{document.number:07d}_{place:02d}_{_safe(content.name)}"
            yield _Part(f"data/{name}", content.data, content.media_type, "data")


def _safe(name: str) -> str:
    """A file name every system keeps: letters, digits, at most fifty characters, its ending kept."""
    stem, dot, end = fold(name).rpartition(".")
    if not dot:
        stem, end = end, ""
    short = _UNSAFE.sub("-", stem).strip("-")[: 50 - len(end) - 1] or "tep"
    return f"{short}.{_UNSAFE.sub('', end)}" if end else short


def _record(root: str, values: dict[str, str]) -> bytes:
    """A description: one element for each field, in the order of the circular's table."""
    top = etree.Element(root)
    for name, value in values.items():
        etree.SubElement(top, name).text = value
    return _bytes(top)


def _bytes(top: Any) -> bytes:
    return bytes(etree.tostring(top, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _schema(root: str, table: Iterable[Field]) -> bytes:
    """The vocabulary of a description as XML Schema: names, order and lengths of the table."""
    xs = f"{{{_XS}}}"
    top = etree.Element(f"{xs}schema", nsmap={"xs": _XS})
    element = etree.SubElement(top, f"{xs}element", name=root)
    sequence = etree.SubElement(etree.SubElement(element, f"{xs}complexType"), f"{xs}sequence")
    for field in table:
        one = etree.SubElement(sequence, f"{xs}element", name=field.name, minOccurs="0")
        base = etree.SubElement(etree.SubElement(one, f"{xs}simpleType"), f"{xs}restriction", base=_base(field))
        if field.kind == "D":
            etree.SubElement(base, f"{xs}pattern", value=r"\d{2}/\d{2}/\d{4}")
        elif field.length and field.kind == "S":
            etree.SubElement(base, f"{xs}maxLength", value=str(field.length))
    return _bytes(top)


def _base(field: Field) -> str:
    return "xs:nonNegativeInteger" if field.kind == "N" else "xs:string"


def _mets(identity: str, held: Whole, at: datetime, parts: list[_Part], representation: str) -> bytes:
    """The METS of the package, or of its representation: header, descriptions, files, one structure."""
    m = f"{{{METS}}}"
    top = etree.Element(f"{m}mets", nsmap={"mets": METS, "xlink": XLINK, "csip": CSIP})
    top.set("OBJID", identity)
    top.set("LABEL", held.file.record.title)
    top.set("TYPE", "Mixed")
    top.set("PROFILE", PROFILE)
    head = etree.SubElement(top, f"{m}metsHdr", CREATEDATE=iso(at), RECORDSTATUS="NEW")
    head.set(f"{{{CSIP}}}OAISPACKAGETYPE", "SIP")
    for role, kind, name in (("CREATOR", "ORGANIZATION", held.organ_id), ("CREATOR", "OTHER", "Công Vụ")):
        agent = etree.SubElement(head, f"{m}agent", ROLE=role, TYPE=kind)
        if kind == "OTHER":
            agent.set("OTHERTYPE", "SOFTWARE")
        etree.SubElement(agent, f"{m}name").text = name
    for number, part in enumerate(part for part in parts if part.kind == "dmd"):
        section = etree.SubElement(top, f"{m}dmdSec", ID=f"dmd-{number + 1}", CREATED=iso(at))
        _described(etree.SubElement(section, f"{m}mdRef", MDTYPE="EAD", LOCTYPE="URL"), part, at)
    _files(top, parts, at)
    _structure(top, identity, parts, representation)
    return _bytes(top)


def _described(element: Any, part: _Part, at: datetime) -> None:
    """Where a part lies and what it must be: type, size, digest."""
    element.set(f"{{{XLINK}}}type", "simple")
    element.set(f"{{{XLINK}}}href", part.path)
    element.set("MIMETYPE", part.media_type)
    element.set("SIZE", str(len(part.data)))
    element.set("CREATED", iso(at))
    element.set("CHECKSUM", part.sha256)
    element.set("CHECKSUMTYPE", "SHA-256")


_GROUPS = (("data", "Data"), ("schema", "Schemas"), ("rep", "Representations/rep1"))


def _files(top: Any, parts: list[_Part], at: datetime) -> None:
    m = f"{{{METS}}}"
    section = etree.SubElement(top, f"{m}fileSec")
    for kind, use in _GROUPS:
        found = [part for part in parts if part.kind == kind]
        if not found:
            continue
        group = etree.SubElement(section, f"{m}fileGrp", USE=use, ID=f"grp-{kind}")
        for number, part in enumerate(found, start=1):
            row = etree.SubElement(group, f"{m}file", ID=f"{kind}-{number}", MIMETYPE=part.media_type)
            for name, value in (("SIZE", len(part.data)), ("CREATED", iso(at)), ("CHECKSUM", part.sha256)):
                row.set(name, str(value))
            row.set("CHECKSUMTYPE", "SHA-256")
            where = etree.SubElement(row, f"{m}FLocat", LOCTYPE="URL")
            where.set(f"{{{XLINK}}}type", "simple")
            where.set(f"{{{XLINK}}}href", part.path)
    if len(section) == 0:
        top.remove(section)


def _structure(top: Any, identity: str, parts: list[_Part], representation: str) -> None:
    m = f"{{{METS}}}"
    tree = etree.SubElement(top, f"{m}structMap", TYPE="PHYSICAL", LABEL="CSIP")
    whole_div = etree.SubElement(tree, f"{m}div", LABEL=representation or identity)
    described = [f"dmd-{n + 1}" for n, _part in enumerate(part for part in parts if part.kind == "dmd")]
    etree.SubElement(whole_div, f"{m}div", LABEL="Metadata", DMDID=" ".join(described))
    for kind, use in _GROUPS:
        count = sum(part.kind == kind for part in parts)
        if not count:
            continue
        div = etree.SubElement(whole_div, f"{m}div", LABEL=use)
        for number in range(1, count + 1):
            etree.SubElement(div, f"{m}fptr", FILEID=f"{kind}-{number}")


def _zip(parts: dict[str, bytes], at: datetime) -> bytes:
    """Stored, not compressed, in the order of names: what is inside is compressed already, and bytes must not vary."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for path in sorted(parts):
            info = zipfile.ZipInfo(path, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
            info.external_attr = 0o644 << 16
            package.writestr(info, parts[path])
    return out.getvalue()
