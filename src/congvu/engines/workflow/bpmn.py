"""Reading BPMN 2.0 XML safely. Bytes are capped first, a DOCTYPE is refused, nothing outside the file is read."""

from __future__ import annotations

from django.utils.translation import gettext as _
from lxml import etree

from congvu.common.errors import Invalid, Problem

MAX_BYTES = 2_000_000
MAX_NODES = 2_000
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS = "https://congvu.vn/bpmn/1"
"""Namespace of our own attributes: role, place, hours, publicName, kind, outcomes, pause, group, service, outcome."""


def refused(message: str) -> Invalid:
    return Invalid(message, problems=(Problem("file", message, "bpmn"),), code="bpmn")


def read(data: bytes) -> etree._Element:
    """The ``definitions`` element. Raises Invalid, in words, for anything that is not a plain BPMN 2.0 file."""
    if len(data) > MAX_BYTES:
        raise refused(_("Tệp lớn hơn 2 MB. Tệp quy trình thường chỉ vài chục KB; hãy kiểm tra lại tệp."))
    if not data.strip():
        raise refused(_("Tệp trống."))
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise refused(_("Tệp có khai báo DOCTYPE nên không được nhận. Hãy xuất lại tệp BPMN 2.0 từ công cụ vẽ."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(_("Tệp không phải XML đúng chuẩn (%(where)s).") % {"where": _where(error)}) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(_("Tệp có khai báo DOCTYPE nên không được nhận. Hãy xuất lại tệp BPMN 2.0 từ công cụ vẽ."))
    if root.tag != f"{{{BPMN}}}definitions":
        raise refused(_("Tệp không phải BPMN 2.0: phần tử ngoài cùng phải là “definitions” của BPMN."))
    return root


def _where(error: Exception) -> str:
    line, column = getattr(error, "position", (None, None))
    return (
        _("dòng %(line)s, cột %(column)s") % {"line": line, "column": column}
        if line is not None
        else _("không đọc được")
    )


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for elements of other namespaces than BPMN."""
    name = etree.QName(element)
    return name.localname if name.namespace == BPMN else ""


def ours(element: etree._Element, name: str) -> str | None:
    """One of our attributes, or None."""
    value = element.get(f"{{{OURS}}}{name}")
    return None if value is None else str(value)


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    return [child for child in element if local(child) in names]


def text_of(element: etree._Element, name: str) -> str:
    """The text of the first child of that name."""
    found = children(element, name)
    return "".join(str(part) for part in found[0].itertext()).strip() if found else ""
