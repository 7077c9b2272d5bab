"""Văn bản đến on the desk: directions followed as tasks, signatures judged, answers, scans read by the machine."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congvu.common.actor import SYSTEM
from congvu.domains.documents import services
from congvu.domains.documents.models import Direction, Incoming
from congvu.domains.documents.types import FileCheck
from congvu.domains.tasks import selectors as tasks
from congvu.ground.files import services as files
from congvu.ground.files.models import File
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_incoming import HERE, PDF, arrive, fields, line
from tests.faces.shape import faults


def test_a_direction_is_followed_as_a_task(desk, office):  # noqa: F811
    record = office.register().record_id
    chair, here = desk("chutich"), f"{HERE}{record}/"
    assert "Giao nhiệm vụ theo dõi" in text(chair.get(here))
    given = {**line(office, 0, "kt"), **line(office, 1, "vh", "same"), "phrase": "0", "tracked": "1"}
    refused = chair.post(here + "chi-dao", {**given, "output": ""})
    assert errors(refused) == [("lam-output", "Ghi kết quả phải có khi xong, tối đa 500 ký tự.")]
    assert faults(refused) == []
    assert Direction.objects.count() == 0
    chair.post(here + "chi-dao", {**given, "output": "Công văn trả lời", "task_code": "TTg-2026-0147"})
    (row,) = tasks.of_source(office.chair, record)
    said = text(chair.get(here))
    assert "Chưa thực hiện Nhiệm vụ, tiến độ 0 %" in said
    assert row.code in said
    page = desk("truongphong").get(f"/lam-viec/nhiem-vu/{row.id}/")
    assert f'href="{here}"' in page.content.decode()
    assert "TTg-2026-0147" in text(page)
    # Who leads has no second work on the document itself.
    assert "Hoàn thành xử lý" not in text(desk("truongphong").get(here))


def test_two_alike_in_one_batch_ask_for_a_look(desk, office):  # noqa: F811
    """Neither stands in the other's way: both are out of the batch, the first is registered, the second confirmed."""
    two = [arrive(office, number="7", document_id=key) for key in ("a", "b")]
    client = desk("vanthu")
    page = client.get(HERE)
    assert text(page).count("Trùng số, ký hiệu và nơi gửi với văn bản khác") == 2
    assert all(f'value="{record}"' not in page.content.decode() for record in two)
    sent = fields(number="7", subject="V/v báo cáo biên chế năm 2026")
    client.post(f"{HERE}{two[1]}/vao-so", sent)
    assert Incoming.objects.get(record_id=two[1]).arrival_number == 1
    assert client.post(f"{HERE}{two[0]}/vao-so", sent).status_code == 409
    client.post(f"{HERE}{two[0]}/vao-so", {**sent, "another": "1"})
    assert Incoming.objects.get(record_id=two[0]).arrival_number == 2
    last = arrive(office, number="7", issued_on=date(2025, 11, 17))
    assert f'value="{last}"' in client.get(HERE).content.decode(), "numbers begin again every year"


def test_the_warning_about_a_file_leads_back_to_its_document(desk, office):  # noqa: F811
    scan = SimpleUploadedFile("quet.pdf", PDF, "application/pdf")
    desk("vanthu").post(HERE + "vao-so", fields(scan=scan))
    file = File.objects.get()
    page = desk("chutich").get(reverse("desk_file", args=[file.id]))
    assert page.status_code == 409
    assert f'href="{HERE}{file.record_id}/"' in page.content.decode()


def test_what_was_found_of_the_signatures_stands_beside_each_file(desk, office, django_assert_max_num_queries):  # noqa: F811
    scan = files.store(SYSTEM, name="cong-van.pdf", content=PDF).id
    record = arrive(office, files=(scan,))
    client, here = desk("vanthu"), f"{HERE}{record}/"
    assert "Đang kiểm tra chữ ký số" in text(client.get(HERE))
    assert f'value="{record}"' not in client.get(HERE).content.decode(), "not yet judged, not for the batch"
    kept = {"signer": "Đỗ Văn Mẫu", "organisation": "Sở Nội vụ", "time": "2026-11-17T08:00:00+07:00", "level": "B-LT",
            "timestamped": True, "reason": "Nội dung văn bản đã bị thay đổi sau khi ký.",
            "standing": "tampered"}  # fmt: skip
    services.keep_checks(SYSTEM, record, [FileCheck(scan, "cong-van.pdf", "tampered", 0, str(kept["reason"]), (kept,))])
    page = client.get(here)
    said = text(page)
    assert "Không toàn vẹn: bị sửa sau khi ký" in said
    assert "Đỗ Văn Mẫu, Sở Nội vụ" in said
    assert "Đề nghị trả lại nơi gửi" in said
    assert faults(page) == []
    form = client.get(here, {"lam": "tra-lai"})
    assert "Tệp “cong-van.pdf”: Nội dung văn bản đã bị thay đổi sau khi ký.</textarea>" in form.content.decode()
    services.keep_checks(SYSTEM, record, [FileCheck(scan, "cong-van.pdf", "valid", 2, "Chữ ký hợp lệ.", ())])
    said = text(client.get(here))
    assert "2 chữ ký số hợp lệ" in said
    assert "Đề nghị trả lại" not in said
    assert f'value="{record}"' in client.get(HERE).content.decode()


def test_a_reply_is_drafted_from_the_document(desk, office):  # noqa: F811
    record = office.register().record_id
    services.direct(office.chair, record, [office.lead()])
    client = desk("truongphong")
    page = client.get(f"{HERE}{record}/")
    address = f"{reverse('desk_outgoing_new')}?tra-loi={record}"
    assert page.content.decode().count(address) == 1
    assert client.get(address).status_code == 200
    assert reverse("desk_outgoing_new") not in desk("vanthu").get(f"{HERE}{arrive(office)}/").content.decode()
