"""English is complete: every text of the program has its translation, and no screen text escapes it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from congvu.boot import messages
from tests.house.source import SOURCE, modules

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.I)
# Names, titles of law as Vietnam cites them, and what people type into the search box, which reads Vietnamese.
KEPT = ("Công Vụ", "NĐ-CP", "làm giấy khai sinh cho con", "giấy độc thân", "khai sinh", "sao y chứng thực", "trích lục")
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")
# The stand-in for VNeID is as Vietnamese as VNeID; the gallery is for those who build screens.
VIETNAMESE_ONLY = ("boot/idp/", "ui/gallery", "desk/incoming/_stamp.html")
# The language's own name, the sign of the currency, the program's name.
UNTRANSLATED = ("Tiếng Việt", "Công Vụ", ">đ<")
# Values of data that code compares with, and words for developers.
DATA = {
    "faces/portal/words.py": {
        "Trực tuyến", "Trực tiếp", "Dịch vụ bưu chính", "thủ tục ", "Miễn phí", "Theo Nghị quyết HĐND cấp tỉnh",
        r"(\d{1,3}(?:\.\d{3})*) ?đ",
    },
    # Words of official papers, which are in the language of the record.
    "faces/desk/incoming/papers.py": {
        "Lãnh đạo cơ quan", "Tên loại", "Số, ký hiệu", "Ngày tháng", "Cơ quan ban hành", "Trích yếu nội dung",
        "Không thời hạn",
    },
    "faces/desk/books/files.py": {"Có phần giấy", "Đã hủy", "Năm ", "Hồ sơ số "},
    "faces/desk/statistics/tables.py": {
        "BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐẾN", "BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐI", "Đơn vị chủ trì",
        "Đơn vị soạn thảo", "Tổng số", "Tổng số phát hành", "Đã giải quyết đúng hạn", "Đã giải quyết quá hạn",
        "Đang giải quyết trong hạn", "Đang giải quyết quá hạn", "Trả lại, thu hồi", "Tỷ lệ đúng hạn",
        "Gửi điện tử, không kèm bản giấy", "Có gửi bản giấy", "Đã thu hồi", "Tỷ lệ không giấy", "Tổng cộng", "Từ ngày ",
        " đến ngày ",
    },
    "faces/desk/incoming/slip.py": {
        "Chủ trì tham mưu văn bản trả lời đúng hạn.", "Chủ trì, phối hợp triển khai thực hiện, báo cáo kết quả.",
        "Nghiên cứu, đề xuất phương án thực hiện.", "Cử người dự họp theo giấy mời, báo cáo lại kết quả.",
        "Chuyển để biết, thực hiện theo chức năng, nhiệm vụ.",
    },
    "faces/desk/signing/rows.py": {
        "Kiểm tra lại họ tên, số định danh.", "Sửa nội dung kết quả rồi trình lại.", "Bổ sung căn cứ.",
        "Bổ sung số liệu, căn cứ rồi trình lại.", "Sửa thể thức theo ý kiến của Văn phòng.",
        "Xin ý kiến các đơn vị liên quan trước khi trình.", "Chưa cần ban hành, lưu lại để theo dõi.",
    },
    "faces/api/procedures/bodies.py": {"Name of the field (lĩnh vực)."},
    "faces/api/schema.py": {"Công Vụ API"},
}  # fmt: skip
TRANSLATING = {*messages.FUNCTIONS, "_", "lazy", "N_"}


def entries():
    """Every entry of every catalogue, with the package that keeps it."""
    for path in sorted(SOURCE.rglob("locale/en/LC_MESSAGES/django.po")):
        for message in messages.read(path):
            if message.id:
                yield path.parents[3].relative_to(SOURCE).as_posix(), message


def forms(value) -> list[str]:
    """Singular and plural of a text."""
    return [value] if isinstance(value, str) else list(value or [""])


def test_catalogues_are_what_the_source_wants():
    """If this fails: ``make messages``, then translate what it lists."""
    assert [str(path.relative_to(SOURCE)) for path in messages.stale()] == []


def test_nothing_is_missing_fuzzy_or_gone():
    assert messages.open_ends() == []


def test_every_text_has_its_forms():
    wrong = [(home, m.id) for home, m in entries() if len(forms(m.id)) != len(forms(m.string)) or not all(m.string)]
    assert wrong == []


def test_placeholders_and_tags_are_the_same():
    def places(text: str) -> list[str]:
        return sorted(PLACE.findall(text))

    wrong = [
        (home, source, english)
        for home, message in entries()
        for source, english in zip(forms(message.id), forms(message.string), strict=True)
        if places(source) != places(english)
    ]
    assert wrong == []


def test_english_is_english():
    def rest(text: str) -> str:
        for kept in KEPT:
            text = text.replace(kept, "")
        return text

    wrong = [(home, text) for home, m in entries() for text in forms(m.string) if VIETNAMESE.search(rest(text))]
    assert wrong == []


def test_edges_agree():
    """Spaces and line ends at the edges join sentences; a lost one glues words together."""
    wrong = [
        (source, english)
        for _home, message in entries()
        for source, english in zip(forms(message.id), forms(message.string), strict=True)
        if (source[:1].isspace(), source[-1:].isspace()) != (english[:1].isspace(), english[-1:].isspace())
    ]
    assert wrong == []


def test_one_text_has_one_translation():
    """All catalogues become one; two rooms that need different words for one text give it a context."""
    found = defaultdict(set)
    for _home, message in entries():
        found[(message.context, str(message.id))].add(str(message.string))
    assert {key: words for key, words in found.items() if len(words) > 1} == {}


def test_compiled_catalogue_speaks():
    from django.utils.translation import gettext, ngettext, override

    with override("en"):
        assert gettext("Không tìm thấy trang này") == "Page not found"
        assert [ngettext("%(n)s ngày", "%(n)s ngày", n) % {"n": n} for n in (1, 2)] == ["1 day", "2 days"]
    with override("vi"):
        assert [ngettext("%(n)s ngày", "%(n)s ngày", n) % {"n": n} for n in (1, 2)] == ["1 ngày", "2 ngày"]


def test_compiling_leaves_the_program_as_it_is(tmp_path: Path):
    """``make run`` prepares again only when a file of the program changed; a compiled file must not be one."""
    made = messages.compile_all(tmp_path)
    assert made == tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    assert list(made.parent.iterdir()) == [made]
    assert list(SOURCE.rglob("*.mo")) == []


def unwrapped_in_template(text: str) -> list[str]:
    """Vietnamese that a template shows without translating it."""
    for gone in (
        r"\{#.*?#\}",
        r"\{%\s*comment.*?endcomment\s*%\}",
        r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}",
        r"\{%\s*trans(?:late)?\s.*?%\}",
        r"""_\((?:"[^"]*"|'[^']*')\)""",
    ):
        text = re.sub(gone, "", text, flags=re.S)
    for kept in UNTRANSLATED:
        text = text.replace(kept, "")
    return [part.strip() for part in re.split(r"[<>{}\n]", text) if VIETNAMESE.search(part)]


def unwrapped_in_python(tree: ast.Module) -> list[tuple[int, str]]:
    """Vietnamese texts of a module that pass no gettext; docstrings and labels of acts apart."""
    safe = set()
    for node in ast.walk(tree):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if named and node.func.id in TRANSLATING:
            safe |= {id(part) for part in ast.walk(node)}
        if named and node.func.id == "act":
            safe |= {id(keyword.value) for keyword in node.keywords if keyword.arg == "label"}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            safe.add(id(node.value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in safe
        if VIETNAMESE.search(node.value)
    ]


def refusing_in_vietnamese(tree: ast.Module) -> list[tuple[int, str]]:
    """Refusals and problems whose words pass no gettext."""
    calls = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    calls += [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Problem"]
    words = [argument for call in calls for argument in call.args]
    words = [part for word in words for part in (word.values if isinstance(word, ast.JoinedStr) else [word])]
    return [
        (word.lineno, word.value)
        for word in words
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and VIETNAMESE.search(word.value)
    ]


def test_templates_translate_all_they_say():
    wrong = {}
    for path in sorted(path for path in SOURCE.rglob("templates/**/*") if path.suffix in (".html", ".txt")):
        name = path.relative_to(SOURCE).as_posix()
        if not any(part in name for part in VIETNAMESE_ONLY):
            wrong[name] = unwrapped_in_template(path.read_text(encoding="utf-8"))
    assert {name: found for name, found in wrong.items() if found} == {}


def test_faces_translate_all_they_say():
    wrong = []
    for name, (path, tree) in modules().items():
        if name.startswith("congvu.faces."):
            data = DATA.get(path.relative_to(SOURCE).as_posix(), set())
            wrong += [(name, line, text) for line, text in unwrapped_in_python(tree) if text not in data]
    assert wrong == []


def test_every_room_refuses_in_the_reader_s_language():
    wrong = [(name, *found) for name, (_path, tree) in modules().items() for found in refusing_in_vietnamese(tree)]
    assert wrong == []


def test_gettext_is_given_whole_texts():
    """An f-string inside gettext is never found in a catalogue."""
    wrong = [
        (name, node.lineno)
        for name, (_path, tree) in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATING
        if any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["<p>Chào ông/bà</p>", '<a title="Đóng">', '{% notice "warn" "Chưa ký được" %}', "{{ x|default:'Việc' }}"]
)
def test_the_rule_for_templates_sees(text: str):
    assert unwrapped_in_template(text)


@pytest.mark.parametrize(
    "text",
    [
        "{% translate 'Đóng' %}",
        '{% f _("Đóng") %}',
        "{% blocktranslate with n=n %}Còn {{ n }} chỗ{% endblocktranslate %}",
    ],
)
def test_the_rule_for_templates_lets_pass(text: str):
    assert unwrapped_in_template(text) == []


def test_the_rules_for_python_see():
    tree = ast.parse('raise Invalid(f"Thiếu {x}")\nProblem("a", "Sai rồi")\nrow = {"a": "Đúng"}\nb = _("Được")')
    assert [line for line, _text in refusing_in_vietnamese(tree)] == [1, 2]
    assert sorted(line for line, _text in unwrapped_in_python(tree)) == [1, 2, 3]


def test_extraction_finds_texts_under_any_name():
    source = (
        "from django.utils.translation import gettext as _, gettext_lazy as later, ngettext, pgettext\n"
        '@act("x.do", policy=p, label="Làm")\ndef f(): ...\n'
        'a = _("Một" " hai")\nb = later("Ba")\nc = ngettext("%(n)s tệp", "%(n)s tệp", n)\nd = pgettext("nút", "Gửi")\n'
    )
    assert {(t.singular, t.plural, t.context) for t in messages.python_texts(source, "x.py")} == {
        ("Làm", "", ""), ("Một hai", "", ""), ("Ba", "", ""), ("%(n)s tệp", "%(n)s tệp", ""), ("Gửi", "", "nút"),
    }  # fmt: skip
    page = (
        '{% load i18n %}<p>\n  {% translate "Gửi" %}</p>{% blocktranslate count n=k %}{{ n }} tệp'
        '{% plural %}{{ n }} tệp{% endblocktranslate %}{% include "x" with a=_("Đóng") %}'
    )
    assert {(t.singular, t.plural) for t in messages.template_texts(page, "x.html")} == {
        ("Gửi", ""), ("%(n)s tệp", "%(n)s tệp"), ("Đóng", ""),
    }  # fmt: skip
