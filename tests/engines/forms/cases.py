"""Cases for every cross-check, made by hand: the rule, what is changed in complete answers, the verdict.

The day is 21 November 2026: sixty days before it is 22 September, fifteen days before it 6 November.
"""

from __future__ import annotations

from .samples import CHILD_ID, FATHER_ID, HOME, MOTHER_ID, OTHER_ID, person

OTHER_HOME = {**HOME, "commune": "99002"}

AGENT = {"acting": "other", "agent_kin": True}

ERROR, WARNING, FINE = "error", "warning", "fine"


def status(code, **more):
    marriage = {
        "spouse_name": "Trần Văn Cam",
        "marriage_no": "12",
        "marriage_on": "2020-05-01",
        "marriage_by": "UBND xã",
    }
    more = {**(marriage if code in "15" else {}), **more}
    return {"status": code, **more}


FATHER_ASKS = {"relation": "ChaDe", "mother_name": "Trần Thị Lụa", "father_name": None}

SELF = {"relation": "BanThan", "child_name": None}

UNKNOWN_FATHER = {"birth_kind": "3", "father_is_husband": None, "mother_marriage": "khong"}

BIRTH_CASES = [
    ("in_time", {"child_dob": "2026-09-22"}, FINE),
    ("in_time", {"child_dob": "2026-09-21"}, ERROR),
    ("late", {"reg_kind": "qua_han", "child_dob": "2026-09-21"}, FINE),
    ("late", {"reg_kind": "qua_han", "child_dob": "2026-09-22"}, ERROR),
    ("self_age", {**SELF, "child_dob": "2012-11-21"}, FINE),
    ("self_age", {**SELF, "child_dob": "2012-11-22"}, ERROR),
    ("self_number", {**SELF, "child_dob": "1995-06-07"}, FINE),
    ("self_number", {**SELF, "child_dob": "1996-06-07"}, WARNING),
    ("mother_asks", {"birth_kind": "2"}, ERROR),
    ("mother_asks", {"birth_kind": "5"}, ERROR),
    ("mother_asks", {"birth_kind": "3"}, FINE),
    ("father_asks", {**FATHER_ASKS, "birth_kind": "3"}, ERROR),
    ("father_asks", {**FATHER_ASKS, "birth_kind": "2"}, FINE),
    ("father_acknowledges", {**FATHER_ASKS, "birth_kind": "2"}, WARNING),
    ("father_acknowledges", {**FATHER_ASKS}, FINE),
    ("abandoned_home", {"birth_kind": "5", "home_town": OTHER_HOME}, WARNING),
    ("abandoned_home", {"birth_kind": "5"}, FINE),
    ("abandoned_nationality", {"birth_kind": "5", "child_nationality": "LA"}, WARNING),
    ("abandoned_nationality", {"birth_kind": "5"}, FINE),
    ("husband_is_father", {**UNKNOWN_FATHER, "mother_marriage": "co"}, ERROR),
    ("husband_is_father", UNKNOWN_FATHER, FINE),
    # 300 days before 5 November 2026 is 9 January 2026.
    ("husband_within_300", {**UNKNOWN_FATHER, "mother_marriage": "het", "marriage_ended_on": "2026-01-09"}, ERROR),
    ("husband_within_300", {**UNKNOWN_FATHER, "mother_marriage": "het", "marriage_ended_on": "2026-01-08"}, FINE),
    ("other_father_married", {"father_is_husband": False}, WARNING),
    ("other_father_married", {}, FINE),
    (
        "other_father_300",
        {"mother_marriage": "het", "marriage_ended_on": "2026-01-09", "father_is_husband": False},
        WARNING,
    ),
    (
        "other_father_300",
        {"mother_marriage": "het", "marriage_ended_on": "2026-01-08", "father_is_husband": False},
        FINE,
    ),
    ("not_married", {"mother_marriage": "khong"}, WARNING),
    ("not_married", {}, FINE),
    ("surrogate_parents", {"surrogacy": True}, WARNING),
    ("surrogate_parents", {}, FINE),
    ("father_named", {"father_name": "Không rõ"}, ERROR),
    ("father_named", {"father_name": "Khong ro"}, ERROR),
    ("father_named", {"father_name": "Khổng Rõ"}, FINE),
    ("father_named", {"father_name": "Lê Không"}, FINE),
    ("mother_named", {**FATHER_ASKS, "mother_name": "Chưa xác định"}, ERROR),
    ("mother_named", FATHER_ASKS, FINE),
    ("surname", {"child_name": "Trần An Nhiên"}, WARNING),
    ("surname", {"child_name": "nguyễn an nhiên"}, FINE),
    ("surname", {**UNKNOWN_FATHER, "child_name": "Lê An Nhiên"}, WARNING),
    ("surname", {**UNKNOWN_FATHER, "child_name": "Nguyễn An Nhiên"}, FINE),
    ("ethnicity", {"child_ethnicity": "Mông"}, WARNING),
    ("ethnicity", {"child_ethnicity": "Mông", "mother_ethnicity": "Mông (Hmông)"}, WARNING),
    ("ethnicity", {"child_ethnicity": "Tày", "father_ethnicity": "Tày"}, FINE),
    ("mother_gap", {"mother_birth": "2013-12-01"}, WARNING),
    ("mother_gap", {"mother_birth": "2013"}, FINE),
    ("mother_gap", {"mother_birth": "1965-11-04"}, WARNING),
    ("mother_gap", {"mother_birth": "1965-11-06"}, FINE),
    ("mother_number", {"mother_birth": "1994"}, WARNING),
    ("mother_number", {}, FINE),
    ("father_number", person("father", FATHER_ID), FINE),
    ("father_number", {**person("father", FATHER_ID), "father_birth": "1992"}, WARNING),
    ("father_number", person("father", OTHER_ID), WARNING),
    ("mother_foreign", {"mother_nationality": "LA"}, ERROR),
    ("father_foreign", {"father_nationality": "LA"}, ERROR),
    ("father_foreign", {}, FINE),
    ("parents_differ", person("father", MOTHER_ID), ERROR),
    ("parents_differ", person("father", FATHER_ID), FINE),
]

CARD = {"requester_id_type": "cccd", "requester_id_issued_on": "2021-05-01", "requester_id_issued_by": "Cục Cảnh sát"}

STATUS_CASES = [
    ("stay_order", {"ask_stay": True, "stay_place": HOME, "stay_from": "2020-01-02", "stay_to": "2020-01-02"}, ERROR),
    ("stay_order", {"ask_stay": True, "stay_place": HOME, "stay_from": "2020-01-01", "stay_to": "2020-01-02"}, FINE),
    ("age_nu", {"requester_dob": "2008-11-22"}, WARNING),
    ("age_nu", {"requester_dob": "2008-11-21"}, FINE),
    ("age_nam", {"subject_sex": "nam", "requester_dob": "2006-11-22"}, WARNING),
    ("age_nam", {"subject_sex": "nam", "requester_dob": "2006-11-21"}, FINE),
    ("subject_number", {"subject_sex": "nam"}, WARNING),
    ("subject_number", {}, FINE),
    ("other_person", {"relation": "Khac", **person("subject", MOTHER_ID)}, ERROR),
    ("other_person", {"relation": "Khac", **person("subject", OTHER_ID)}, FINE),
    ("single_order", status("5", single_from="2019-01-02", single_to="2019-01-01"), ERROR),
    ("single_order", status("5", single_from="2019-01-01", single_to="2019-01-02"), FINE),
    ("single_before_marriage", status("5", single_from="2019-01-01", single_to="2020-05-02"), ERROR),
    ("single_before_marriage", status("5", single_from="2019-01-01", single_to="2020-05-01"), FINE),
    ("purpose_mixed", {"purpose_text": "Vay vốn, mua nhà và đăng ký kết hôn"}, ERROR),
    ("purpose_mixed", {}, FINE),
    ("single_word", {"purpose_text": "Chứng minh độc thân"}, WARNING),
    ("status_word", status("6", status_text="Độc thân"), WARNING),
    ("status_word", status("6", status_text="Hôn nhân thực tế trước 1987"), FINE),
    ("partner_foreign", {"purpose": "2", "partner_name": "Chăn Xi", "partner_nationality": "VN"}, WARNING),
    ("partner_foreign", {"purpose": "2", "partner_name": "Chăn Xi", "partner_nationality": "LA"}, FINE),
    ("partner_vietnamese", {"purpose": "1", "partner_nationality": "LA"}, WARNING),
    ("partner_vietnamese", {"purpose": "1", "partner_nationality": "VN"}, FINE),
    ("no_agent", {**AGENT, "purpose": "1"}, WARNING),
    ("no_agent", AGENT, FINE),
]

DIVORCED = status("3", divorce_no="5/QĐST", divorce_on="2021-06-01", divorce_by="Tòa án khu vực")

CHILD = {
    "relation": "con_de",
    "subject_name": "Lê An Nhiên",
    "subject_dob": "2014-03-04",
    **person("subject", CHILD_ID),
}

EXTRACT_CASES = [
    ("death_not_self", {"kind": "khai_tu"}, ERROR),
    ("death_not_self", {**CHILD, "kind": "khai_tu"}, FINE),
    ("other_person", {**CHILD, **person("subject", MOTHER_ID)}, ERROR),
    ("other_person", CHILD, FINE),
    ("child_card", CHILD, ERROR),
    ("child_card", {**CHILD, "subject_dob": "2012-11-21"}, FINE),
    ("child_card", {**CHILD, "subject_dob": "2012-11-22"}, ERROR),
    ("child_card", {**CHILD, "subject_id_number": None, "subject_id_type": None}, FINE),
    ("child_card", {**CHILD, "subject_id_type": "ho_chieu", "subject_id_number": "C1234567"}, FINE),
    ("subject_number", CHILD, WARNING),
    ("not_declaration", {"paper_name": "Tờ khai khai sinh"}, ERROR),
    ("not_declaration", {"paper_name": "Giấy khai sinh"}, FINE),
    ("original_number", {"reg_no": "47/TLKS-BS"}, ERROR),
    ("original_number", {"reg_no": "47"}, FINE),
]

DEATH_CASES = [
    ("not_self", person("dec", MOTHER_ID), ERROR),
    ("not_self", person("dec", "099048000258"), FINE),
    ("not_same_name", {"dec_name": "nguyễn thị  thu hường"}, WARNING),
    ("not_same_name", {}, FINE),
    ("dec_number", person("dec", OTHER_ID), WARNING),
    ("dec_number", person("dec", "099048000258"), FINE),
    ("dec_card", {**person("dec", CHILD_ID), "dec_birth": "2020"}, ERROR),
    ("dec_card", person("dec", "099048000258"), FINE),
    ("birth_death", {"dec_birth": "2026-11-19"}, ERROR),
    ("birth_death", {"dec_birth": "2026"}, FINE),
    ("full_day", {"death_date": "2026"}, ERROR),
    ("full_day", {"reg_kind": "5", "death_date": "1979"}, FINE),
    ("in_time", {"death_date": "2026-11-06"}, FINE),
    ("in_time", {"death_date": "2026-11-05"}, ERROR),
    ("late", {"reg_kind": "4", "death_date": "2026-11-05"}, FINE),
    ("late", {"reg_kind": "4", "death_date": "2026-11-06"}, ERROR),
    ("late", {"reg_kind": "5", "death_date": "1979"}, FINE),
    ("short_life", {"dec_birth": "2026-11-17"}, WARNING),
    ("short_life", {"dec_birth": "2026-11-16"}, FINE),
    ("notice_number", {"notice_no": "31/TLKT"}, ERROR),
    ("notice_number", {}, FINE),
    ("long_dead_evidence", {"reg_kind": "5", "notice_kind": "0"}, WARNING),
    ("long_dead_evidence", {"notice_kind": "0"}, FINE),
]


def member(number, name="Lê Quang Vinh"):
    return {"name": name, "dob": "1993-02-03", "personal_id": number, "sex": "nam"}


FAMILY = {"founder": "ho_gia_dinh", "paper_uy_quyen_ho": [{"id": 1}]}

BUSINESS_CASES = [
    ("owner_adult", {"owner_dob": "2008-11-22"}, WARNING),
    ("owner_adult", {"owner_dob": "2008-11-21"}, FINE),
    ("owner_number_place", {"owner_personal_id": "003195000147"}, WARNING),
    ("owner_number", {"owner_sex": "nam"}, WARNING),
    ("owner_number", {}, FINE),
    ("name_begins", {"name_vi": "An Nhiên"}, ERROR),
    ("name_begins", {}, FINE),
    ("name_words", {"name_vi": "Hộ kinh doanh Công ty An"}, WARNING),
    ("name_words", {}, FINE),
    ("one_main", {"lines": [{"name": "Bán lẻ", "code": "4721"}]}, ERROR),
    (
        "one_main",
        {"lines": [{"name": "a", "code": "4721", "main": True}, {"name": "b", "code": "4751", "main": True}]},
        ERROR,
    ),
    ("one_main", {}, FINE),
    ("conditional", {"lines": [{"name": "Karaoke", "code": "9329", "main": True}]}, WARNING),
    ("conditional", {}, FINE),
    ("tax_differs", {"tax_elsewhere": True, "tax_address": HOME}, ERROR),
    ("tax_differs", {"tax_elsewhere": True, "tax_address": {**HOME, "detail": "Thôn Tây"}}, FINE),
    ("members_once", {**FAMILY, "members": [member(MOTHER_ID), member(MOTHER_ID)]}, ERROR),
    ("members_once", {**FAMILY, "members": [member(MOTHER_ID), member(FATHER_ID)]}, FINE),
    ("owner_included", {**FAMILY, "members": [member(FATHER_ID)]}, WARNING),
    ("owner_included", {**FAMILY, "members": [member(FATHER_ID), member(MOTHER_ID)]}, FINE),
]

CASES = {
    "khai-sinh": BIRTH_CASES,
    "tinh-trang-hon-nhan": STATUS_CASES,
    "trich-luc": EXTRACT_CASES,
    "khai-tu": DEATH_CASES,
    "ho-kinh-doanh": BUSINESS_CASES,
}

IN_OTHER_TESTS = {
    "other_birth",
    "home_town_of",
    "status_married_on_record",
    "divorce_then_married",
    "death_now",
    "on_record",
}
