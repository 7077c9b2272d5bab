"""Tags and partials: what they draw, that the gallery has them all, that nothing typed becomes markup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import lucide
import pytest
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import Client, override_settings
from django.test.signals import template_rendered
from django.utils import translation

import congvu.ground.ui as room
from congvu.ground.ui import gallery
from congvu.ground.ui.icons import ICONS
from congvu.ground.ui.readers import Reader
from congvu.ground.ui.types import NavEntry, Option, Post, Shell, SummaryRow, TrackStep

COMPONENTS = Path(room.__file__).parent / "templates" / "ui" / "components"
EVIL = '"><img src=x>&'


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_every_component_is_in_the_gallery():
    used: set[str] = set()

    def record(template, **_):
        used.add(template.name or "")

    template_rendered.connect(record)
    try:
        with override_settings(DEMO=True):
            Client().get("/gallery")
    finally:
        template_rendered.disconnect(record)
    assert {f"ui/components/{p.name}" for p in COMPONENTS.glob("*.html")} - used == set()


def test_icons_are_inline_and_named_only_when_asked():
    assert draw('{% icon "check" %}') == (
        f'<svg class="cv-i" viewBox="0 0 24 24" aria-hidden="true">{ICONS["check"]}</svg>'
    )
    named = draw('{% icon "check" "s" label="Đã xong" %}')
    assert 'class="cv-i cv-i--s"' in named
    assert 'role="img" aria-label="Đã xong"' in named
    assert "<rect" in draw('{% icon "copy" %}')
    with pytest.raises(lucide.IconDoesNotExist):
        draw('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("chip", "said"),
    list(
        zip(
            gallery.CHIPS,
            ("Còn hạn", "Sắp hạn", "Quá hạn", "Đồng hồ đang dừng", "Đồng hồ đang dừng", "Đã xong", "Đã xong, trễ hạn"),
            strict=True,
        )
    ),
)
def test_chip_says_its_state_in_class_icon_and_words(chip, said):
    html = draw("{% due_chip chip %}", chip=chip)
    assert f'class="cv-due cv-due--{chip.state}"' in html
    assert f'<span class="cv-vh">{said}, </span>{chip.words}' in html
    assert "<svg" in html
    assert f'title="{chip.exact} {chip.explain}"' in html


def test_chip_in_full_opens_without_script():
    html = draw("{% due_chip chip full=True %}", chip=gallery.CHIPS[1])
    assert html.startswith('<details class="cv-duex"><summary>')
    assert f"<b>{gallery.CHIPS[1].exact}</b>{gallery.RULE}" in html


def test_what_was_drawn_follows_value_language_and_template_and_sees_no_page():
    link = '{% drawn "ui/partials/desk_link.html" entry=entry %}'
    first = NavEntry(EVIL, "/a?b=1&c", "inbox", count=1)
    shown = draw(link, entry=first, label="trang", request="trang")
    assert shown == draw(link, entry=replace(first)) != draw(link, entry=replace(first, count=2))
    assert EVIL not in shown
    assert "/a?b=1&amp;c" in shown
    assert "việc chờ" in shown
    with translation.override("en"):
        assert "việc chờ" not in draw(link, entry=first)
    assert draw(link, entry=first) == shown
    theme = '{% drawn "ui/partials/reader_choices.html" reader=reader density=density %}'
    dark = draw(theme, reader=Reader(theme="dark"), LANGUAGE_CODE="en")
    assert 'data-set="theme:dark" aria-pressed="true"' in dark
    assert 'data-set="theme:dark" aria-pressed="false"' in draw(theme, reader=Reader())
    assert "density" not in dark
    assert 'data-set="density:compact"' in draw(theme, reader=Reader(), density=True)
    get_template("ui/partials/desk_link.html").template.engine.template_loaders[0].reset()
    assert draw(link, entry=first) == shown


def test_what_a_chip_says_is_escaped():
    chip = gallery.Chip("late", "Quá <b>3</b> giờ", 'Hạn "17:00".', "<i>Quy tắc</i>")
    for html in (draw("{% due_chip chip %}", chip=chip), draw("{% due_chip chip full=True large=True %}", chip=chip)):
        assert "<b>3" not in html
        assert "<i>" not in html
        assert "Hạn &quot;17:00&quot;." in html


def test_no_chip_draws_nothing():
    assert draw("{% due_chip chip %}", chip=None) == ""


def test_track_tells_each_state_to_screen_readers():
    steps = [TrackStep("A", "done"), TrackStep("B", "wait"), TrackStep("C", "now"), TrackStep("D")]
    html = render_to_string("ui/components/track.html", {"steps": steps})
    for words in (", đã xong", ", đang chờ", ", đang làm", ", chưa đến"):
        assert html.count(words) == 1
    assert html.count('aria-current="step"') == 2


def test_field_ties_label_hint_and_error_together():
    html = render_to_string(
        "ui/components/field.html",
        {"id": "a", "name": "n", "label": "Tên", "hint": "Có dấu", "error": "Ghi tên", "value": None},
    )
    assert '<label class="cv-label" for="a">Tên</label>' in html
    assert 'aria-describedby="a-h a-e" aria-invalid="true"' in html
    assert 'value=""' in html


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("field", {"id": "a", "name": EVIL, "label": EVIL, "hint": EVIL, "error": EVIL, "value": EVIL}),
        ("field", {"id": "a", "name": "n", "label": EVIL, "value": EVIL, "area": 3}),
        ("choices", {"id": "a", "name": "n", "label": EVIL, "options": [Option(EVIL, EVIL, EVIL)]}),
        ("select", {"id": "a", "name": "n", "label": EVIL, "options": [Option(EVIL, EVIL)]}),
        ("error_summary", {"problems": [gallery.Complaint("a", EVIL)]}),
        ("summary", {"rows": [SummaryRow(EVIL, EVIL, EVIL)]}),
        ("prefill", {"source": EVIL, "rows": [SummaryRow(EVIL, EVIL, EVIL)]}),
        ("toast", {"text": EVIL}),
        ("empty", {"title": EVIL, "text": EVIL}),
        ("track", {"steps": [TrackStep(EVIL, "now", EVIL)]}),
        ("copy", {"code": EVIL}),
        ("pager", {"next_url": "?", "noun": EVIL, "left": 3}),
        ("upload", {"id": "a", "name": "n", "label": EVIL, "files": [gallery.Uploaded(EVIL, 1)]}),
    ],
)
def test_what_people_type_stays_text(name, context):
    html = render_to_string(f"ui/components/{name}.html", context)
    assert "<img" not in html
    assert "&lt;img" in html


def test_block_tags_escape_titles_and_keep_their_content():
    html = draw('{% notice "warn" title %}<p>{{ text }}</p>{% endnotice %}', title=EVIL, text=EVIL)
    assert "<img" not in html
    assert html.count("&lt;img") == 2
    assert '<div class="cv-note cv-note--warn">' in html
    assert "<p>" in html


def test_bar_draws_a_share_without_style():
    assert '<rect width="87.3" height="8"/>' in draw('{% bar 261 299 "87,3%" %}')
    assert '<rect width="100.0"' in draw("{% bar 5 3 %}")
    assert '<rect width="0.0"' in draw("{% bar 5 0 %}")


def test_filters_show_the_unknown_as_nothing_or_a_dash():
    assert draw(
        "[{{ a|vn_date }}][{{ a|vn_datetime }}][{{ a|vn_number }}][{{ a|money }}][{{ a|mask_id }}]", a=None
    ) == ("[][][–][–][••••]")


def test_desk_frame_shows_posts_counts_and_the_person_stood_in_for():
    shell = Shell(
        actor_name="Trần Minh Quân",
        unit_name="UBND xã Yên Khê",
        posts=(Post("1", "Công chức", "UBND xã Yên Khê", 24, True), Post("2", "Một cửa", "Trung tâm", 3, False, "Hoa")),
        nav=(
            NavEntry("Việc của tôi", "/viec", "inbox", 1284, True, True),
            NavEntry("Cài đặt", "/c", "gear", group="end"),
        ),
        switch_url="/doi",
    )
    html = render_to_string("ui/desk_base.html", {"shell": shell})
    assert '<a href="/viec" aria-current="page" class="m">' in html
    assert ">1.284<" in html
    assert "thay Hoa" in html
    assert '<button name="post" value="2">' in html
    assert html.index("d-nav__end") < html.index("Cài đặt")
    assert 'data-open="cmd"' not in html


def test_portal_frame_shows_six_entries_at_most_and_help():
    nav = tuple(NavEntry(f"Mục {n}", f"/{n}") for n in range(8))
    html = render_to_string("ui/portal_base.html", {"shell": Shell(nav=nav, agency=gallery.AGENCY)})
    assert "Mục 5" in html
    assert "Mục 6" not in html
    assert '<a href="tel:0200000000" class="cv-num">0200 000 000</a>' in html
