"""Complete, valid answers for each form; people and places are invented. The day is 21 November 2026."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from congvu.engines.forms import definition, places
from congvu.engines.forms.checking import check as check_form
from congvu.engines.forms.types import Commune, Province

TODAY = date(2026, 11, 21)
PROVINCE = "99"
COMMUNE = "99001"
HOME = {"country": "VN", "province": PROVINCE, "commune": COMMUNE, "detail": "Thôn Đông"}

places.register(
    "test",
    lambda: [
        Province(
            PROVINCE,
            "Tỉnh Bình Lam",
            (Commune(COMMUNE, "Xã Yên Khê"), Commune("99002", "Phường Lam Sơn Hạ")),
        )
    ],
)

MOTHER_ID, FATHER_ID, CHILD_ID, OTHER_ID = "099195000147", "099093000258", "099226000369", "099190000471"

FORMS = {item["key"]: definition.build(item) for item in definition.shipped()}


def person(prefix: str, number: str) -> dict:
    return {
        f"{prefix}_personal_id": number,
        f"{prefix}_id_type": "can_cuoc",
        f"{prefix}_id_number": number,
        f"{prefix}_id_issued_on": "2025-03-10",
        f"{prefix}_id_issued_by": "Bộ Công an",
    }


def residence(prefix: str) -> dict:
    return {f"{prefix}_residence_where": "1", f"{prefix}_residence_kind": "thuong_tru", f"{prefix}_address": dict(HOME)}


REQUESTER = {
    "acting": "self",
    "requester_name": "Nguyễn Thị Thu Hường",
    **person("requester", MOTHER_ID),
    **residence("requester"),
    "phone": "0900 000 147",
}
DELIVERY = {"delivery": "online", "pledge": True}

BIRTH = {
    **REQUESTER,
    "relation": "MeDe",
    "reg_kind": "dung_han",
    "birth_kind": "1",
    "surrogacy": False,
    "child_name": "Lê Nguyễn An Nhiên",
    "child_dob": "2026-11-05",
    "child_sex": "nu",
    "child_ethnicity": "Kinh",
    "child_nationality": "VN",
    "birth_where": "1",
    "born_at": "co_so",
    "birth_facility": "Bệnh viện Phụ sản tỉnh Bình Lam",
    "birth_place": dict(HOME),
    "home_town": dict(HOME),
    "mother_marriage": "co",
    "father_is_husband": True,
    "mother_birth": "1995",
    "mother_ethnicity": "Kinh",
    "mother_nationality": "VN",
    "father_name": "Lê Quang Vinh",
    "father_birth": "1993-02-03",
    "father_ethnicity": "Kinh",
    "father_nationality": "VN",
    **residence("father"),
    "birth_proof": "giay",
    "paper_chung_sinh": [{"id": "f1", "name": "giay-chung-sinh.jpg", "size": 120000}],
    "want_copies": True,
    "copies": 2,
    **DELIVERY,
}

STATUS = {
    **REQUESTER,
    "relation": "1",
    "requester_dob": "1995-06-07",
    "reg_kind": "1",
    "subject_sex": "nu",
    "subject_ethnicity": "Kinh",
    "subject_nationality": "VN",
    "ask_stay": False,
    "status": "2",
    "purpose": "5",
    "purpose_text": "Vay vốn ngân hàng",
    "copies": 1,
    **DELIVERY,
}

EXTRACT = {
    **REQUESTER,
    "relation": "ban_than",
    "requester_dob": "1995-06-07",
    "kind": "khai_sinh",
    "subject_sex": "nu",
    "subject_ethnicity": "Kinh",
    "subject_nationality": "VN",
    "reg_office": "UBND xã Yên Khê",
    "reg_no": "47",
    "book_no": "01/1995",
    "copies": 3,
    **DELIVERY,
}

DEATH = {
    **REQUESTER,
    "relation": "Con",
    "reg_kind": "1",
    "dec_name": "Nguyễn Văn Bách",
    "dec_birth": "1948",
    "dec_sex": "nam",
    "dec_ethnicity": "Kinh",
    "dec_nationality": "VN",
    **residence("last"),
    "death_date": "2026-11-18",
    "death_hour": 4,
    "death_minute": 30,
    "death_where": "1",
    "death_place": dict(HOME),
    "cause": "Tuổi già",
    "notice_kind": "1",
    "notice_no": "12/GBT",
    "notice_date": "2026-11-18",
    "notice_by": "Trạm y tế xã Yên Khê",
    "paper_bao_tu": [{"id": "f2", "name": "giay-bao-tu.pdf", "size": 90000}],
    "want_copies": False,
    **DELIVERY,
}

BUSINESS = {
    "agent_kind": "self",
    "has_eid": True,
    "owner_name": "Nguyễn Thị Thu Hường",
    "owner_dob": "1995-06-07",
    "owner_sex": "nu",
    "owner_personal_id": MOTHER_ID,
    "owner_phone": "0900000147",
    "name_vi": "Hộ kinh doanh An Nhiên",
    "office_address": dict(HOME),
    "lines": [
        {"name": "Bán lẻ lương thực", "code": "4721", "main": True},
        {"name": "Bán lẻ vải", "detail": "Vải dệt tay", "code": "4751"},
    ],
    "capital": 150_500_000,
    "tax_elsewhere": False,
    "start_date": "2026-12-01",
    "workers": 2,
    "vat_method": "ke_khai",
    "founder": "ca_nhan",
    "delivery": "counter",
    "pledge_data": True,
    "pledge_right": True,
    "pledge_place": True,
    "pledge_truth": True,
}

GENERIC = {**REQUESTER, "requester_dob": "1995-06-07", "request": "Cấp bản sao quyết định cũ", "delivery": "counter"}

SAMPLES = {
    "khai-sinh": BIRTH,
    "tinh-trang-hon-nhan": STATUS,
    "trich-luc": EXTRACT,
    "khai-tu": DEATH,
    "ho-kinh-doanh": BUSINESS,
    "generic": GENERIC,
}


def check(key, answers, *, page=None, today=TODAY, facts=None):
    return check_form(FORMS[key], answers, page=page, today=today, facts=facts)


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def post(**values) -> QueryDict:
    """A POST: ``__`` in a name is a dot; a list gives several values."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return data
