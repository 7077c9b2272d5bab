"""The calendar on the desk: registered, approved, published, moved, printed; refusals keep what was typed."""

from __future__ import annotations

import subprocess
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.domains.calendars.models import Entry, Room, Series
from tests.domains.calendars.weeks import post, register
from tests.faces.desk.pages import errors, text

HERE = "/lam-viec/lich-cong-tac/"
WEEK = HERE + "?tuan=2026-11-26"


def fields(world, **more):
    return {
        "key": uuid4().hex, "content": "Họp giao ban", "kind": "meeting", "session": "hours", "day": "26/11/2026",
        "start": "8h", "end": "9h30", "leader": str(post(world, "chutich")), "place": "Nhà văn hóa", **more,
    }  # fmt: skip


def test_proposed_approved_published_and_seen_by_all(desk, world):
    official, office, other = desk("chuyenmon"), desk("chanhvp"), desk("vanhoa")
    refused = official.post(HERE + "dang-ky", fields(world, content="", start="25h", attendees=[post(world, "vanhoa")]))
    assert (refused.status_code, errors(refused)) == (422, [("lam-start", "Ghi giờ như 8:00.")])
    assert 'value="Nhà văn hóa"' in refused.content.decode()
    assert errors(official.post(HERE + "dang-ky", fields(world, content=""))) == [
        ("lam-content", "Ghi nội dung, tối đa 500 ký tự.")
    ]
    page = official.post(HERE + "dang-ky", fields(world), follow=True)
    assert "Đã đăng ký. Văn phòng sẽ duyệt." in text(page)
    record = Entry.objects.get().record_id
    assert official.get(f"{HERE}{record}/sua").status_code == 200
    assert other.get(f"{HERE}{record}/").status_code == 404
    assert "Họp giao ban" in text(office.get(HERE + "cho-duyet"))
    assert "Duyệt lịch công tác" in text(office.get("/lam-viec/"))
    office.post(
        f"{HERE}{record}/sua", fields(world, content="Họp giao ban tuần", attendees=[post(world, "truongphong")])
    )
    assert "Đã duyệt" in text(office.post(f"{HERE}{record}/duyet", {"version": "2"}, follow=True))
    assert official.get(f"{HERE}{record}/sua").status_code == 403
    assert "Họp giao ban" not in text(other.get(WEEK))
    assert "Đã công bố lịch tuần" in text(office.post(HERE + "tuan/2026-11-23/cong-bo", follow=True))
    assert "đã được công bố" in text(office.post(HERE + "tuan/2026-11-23/cong-bo", follow=True))
    assert other.post(HERE + "tuan/2026-11-30/cong-bo").status_code == 403
    shown = text(other.get(WEEK))
    assert "8:00–9:30 Họp giao ban tuần Chủ trì" in shown
    assert "Thứ Ba 24/11/2026 là ngày nghỉ" not in shown
    assert "Họp giao ban tuần" in text(other.get(WEEK + "&xem=lanh-dao"))
    assert "Họp giao ban tuần" not in text(other.get(WEEK + "&xem=toi"))
    assert "Họp giao ban tuần" in text(desk("truongphong").get(WEEK + "&xem=toi"))
    assert "Chưa có lịch." in text(other.get(HERE + "?xem=ngay&tuan=2026-11-27"))


def test_moved_and_cancelled_stay_visible_with_the_reason(desk, world):
    office, record = desk("chanhvp"), register(world)
    here = f"{HERE}{record}/"
    office.post(HERE + "tuan/2026-11-23/cong-bo")
    assert 'name="start"' in office.get(here, {"lam": "doi"}).content.decode()
    moved = fields(world, day="27/11/2026")
    refused = office.post(here + "doi", moved)
    assert errors(refused) == [("lam-reason", "Ghi lý do, tối đa 500 ký tự.")]
    assert 'value="27/11/2026"' in refused.content.decode()
    office.post(here + "doi", moved | {"reason": "Chủ tịch họp tỉnh"})
    shown = text(desk("vanhoa").get(WEEK))
    assert "Chuyển sang 8:00 thứ Sáu 27/11/2026. Lý do: Chủ tịch họp tỉnh" in shown
    assert "Trước đó: 8:00–10:00, thứ Năm 26/11/2026, Nhà văn hóa" in text(office.get(here))
    assert desk("vanhoa").post(here + "huy", {"reason": "x"}).status_code == 403
    office.post(here + "huy", {"reason": "Dồn sang tuần sau"})
    assert "Lý do: Dồn sang tuần sau" in text(desk("vanhoa").get(WEEK))
    assert office.post(here + "bay").status_code == 404


def test_rooms_and_what_recurs(desk, world):
    office = desk("chanhvp")
    assert desk("chuyenmon").get(HERE + "thiet-lap").status_code == 403
    assert errors(office.post(HERE + "thiet-lap/phong", {"name": "", "seats": "24"})) == [
        ("lam-name", "Ghi tên phòng, tối đa 100 ký tự.")
    ]
    office.post(HERE + "thiet-lap/phong", {"name": "Phòng họp số 1", "seats": "24"})
    room = Room.objects.get().pk
    given = fields(world, kind="reception", content="Tiếp công dân", session="morning", place="", room=str(room))
    assert [f for f, _w in errors(office.post(HERE + "thiet-lap/lap-lai", given))] == ["lam-weekdays"]
    assert [f for f, _w in errors(office.post(HERE + "thiet-lap/lap-lai", given | {"month_days": "10, x"}))] == [
        "lam-month_days"
    ]
    assert "Đã đặt lịch lặp lại" in text(
        office.post(HERE + "thiet-lap/lap-lai", given | {"weekdays": ["1"]}, follow=True)
    )
    shown = text(office.get(HERE + "thiet-lap"))
    assert "Phòng họp số 1 24 chỗ" in shown
    assert "Tiếp công dân Tiếp công dân, thứ Ba hằng tuần" in shown
    assert "Đề nghị dời sang thứ Tư 25/11/2026" in text(office.get(HERE + "cho-duyet"))
    series = Series.objects.get().pk
    ended = office.post(HERE + "thiet-lap/ket-thuc", {"series_id": series, "reason": "Đổi ngày"}, follow=True)
    assert "Đã kết thúc lịch lặp lại" in text(ended)
    office.post(HERE + "thiet-lap/ngung-phong", {"room_id": room})
    assert "Chưa có phòng nào" in text(office.get(HERE + "thiet-lap"))
    assert office.post(HERE + "thiet-lap/khac").status_code == 404


def test_the_printed_week_and_the_file_for_other_calendars(desk, world):
    register(world, content="Họp; bàn, chuyện\nkhác", attendees=(post(world, "truongphong"),))
    printed = desk("chanhvp").get(HERE + "tuan/2026-11-26.pdf")
    made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=printed.content, capture_output=True, check=True)
    words = " ".join(made.stdout.decode().split())
    for part in (
        "LỊCH CÔNG TÁC TUẦN",
        "Từ ngày 23/11/2026 đến ngày 29/11/2026",
        "Thứ Năm",
        "8:00–10:00",
        "chưa công bố",
    ):
        assert part in words
    plan = desk("truongphong").get(HERE + "cua-toi.ics")
    lines = plan.content.decode().split("\r\n")
    assert (plan["Content-Type"], lines[0], lines[-2]) == (
        "text/calendar; charset=utf-8", "BEGIN:VCALENDAR", "END:VCALENDAR",
    )  # fmt: skip
    assert "DTSTART:20261126T010000Z" in lines
    assert "SUMMARY:Họp\\; bàn\\, chuyện\\nkhác" in lines
    assert all(len(line.encode()) <= 75 for line in lines)


def test_a_week_costs_the_same_however_full(desk, world, django_assert_num_queries):
    office = desk("chanhvp")
    register(world, attendees=(post(world, "vanhoa"),))
    office.get(WEEK)
    with CaptureQueriesContext(connection) as one:
        office.get(WEEK)
    for _number in range(3):
        register(world, attendees=(post(world, "vanhoa"),))
    with django_assert_num_queries(len(one)):
        assert office.get(WEEK).content.count(b"data-item") == 4


def test_an_invitation_is_put_in_from_its_page(desk, world):
    from congvu.boot.demo import issuers
    from tests.domains.documents.office import Office

    issuers.load(world.made, communes=1)
    document = Office(world).register(kind_name="Giấy mời", symbol="GM-SNV").record_id
    clerk, page = desk("vanthu"), f"/lam-viec/van-ban-den/{document}/"
    assert "Đưa vào lịch công tác" in text(clerk.get(page))
    form = clerk.post(page + "vao-lich", follow=True)
    assert "Không đọc được thời gian trong văn bản" in text(form)
    assert 'value="Sở Nội vụ"' in form.content.decode()
    given = fields(world, source=str(document), leader="", host="Sở Nội vụ")
    clerk.post(HERE + "dang-ky", given)
    assert "Lịch công tác: Họp giao ban 8:00" in text(clerk.get(page))
