"""One filled paper of each kind; all people and places are invented."""

from __future__ import annotations

from datetime import date, datetime

from congvu.common.zones import VN
from congvu.engines.typeset.types import (
    Apology,
    Confirmation,
    ControlSlip,
    FeeLine,
    FieldLine,
    Office,
    PaperLine,
    Person,
    Receipt,
    RefusalSlip,
    ResultDraft,
    Signer,
    StopNotice,
    SupplementRequest,
    Transfer,
)

OFFICE = Office(
    name="Trung tâm Phục vụ hành chính công",
    above=("Ủy ban nhân dân", "xã Yên Khê"),
    place="Yên Khê",
    symbol="/TTPVHCC",
    phone="0200 000 000",
    website="yenkhe.binhlam.gov.vn",
)
LAN = Person(
    name="Vũ Thị Lan",
    title="Bà",
    id_number="099188000382",
    address="Thôn Đoài, xã Yên Khê, tỉnh Bình Lam",
    phone="0900 000 382",
    email="vuthilan@example.com",
)
QUAN = Person(
    name="Lường Thế Quẫy",
    title="Ông",
    id_number="099088000417",
    address="Thôn Thượng, xã Yên Khê, tỉnh Bình Lam",
    phone="0900 000 417",
    email="quay@example.com",
)
CHAIR = Signer(title="Phó Chủ tịch", name="Nghiêm Hữu Lẫm", authority="KT. Chủ tịch")
SHARED = {
    "office": OFFICE,
    "on": date(2026, 11, 19),
    "code": "H99.24-261119-0016",
    "number": "4127/TTPVHCC",
    "tracking_url": "https://yenkhe.binhlam.gov.vn/h/p4t8wd",
}
RECEIVED = datetime(2026, 11, 19, 9, 53, tzinfo=VN)
DUE = datetime(2026, 11, 25, 10, 30, tzinfo=VN)
PROCEDURE = "Cấp Giấy xác nhận tình trạng hôn nhân"

RECEIPT = Receipt(
    **SHARED,
    applicant=LAN,
    procedure=PROCEDURE,
    papers=(
        PaperLine("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "Bản điện tử, đã ký"),
        PaperLine("Thông tin căn cước, nơi cư trú", "Khai thác từ Cơ sở dữ liệu quốc gia về dân cư", "–"),
        PaperLine("Trích lục quyết định ly hôn", "Bản chính, đã quét và trả lại"),
    ),
    time_limit="03 ngày làm việc",
    received_at=RECEIVED,
    due_at=DUE,
    collect_at="Quầy 2, hoặc bản điện tử gửi vào VNeID",
    submitter_name="Vũ Thị Lan",
    receiver_name="Phạm Thị Hoa",
    fee_words="Không thu",
)
RECEIPT_FULL = Receipt(
    **{**SHARED, "number": "4128/TTPVHCC"},
    applicant=LAN,
    representative=QUAN,
    authorisation="Giấy ủy quyền số 12/UQ ngày 17/11/2026",
    procedure=PROCEDURE,
    papers=(PaperLine("Tờ khai", "Bản chính"), PaperLine("Giấy ủy quyền", "Bản chứng thực", "02")),
    sets="02",
    time_limit="03 ngày làm việc",
    received_at=RECEIVED,
    due_at=DUE,
    collect_at="Quầy 2",
    submitter_name="Lường Thế Quẫy",
    receiver_name="Phạm Thị Hoa",
    fees=(FeeLine("Lệ phí", 25_000), FeeLine("Phí sao lục", 0)),
    register_book="03",
    register_number="218",
)
SUPPLEMENT = SupplementRequest(
    **SHARED,
    applicant=LAN,
    procedure=PROCEDURE,
    items=("Trích lục quyết định ly hôn (bản chính hoặc bản sao có chứng thực);", "Ảnh chụp rõ bốn góc của tờ khai."),
    reason="Bản đã gửi bị mờ ở góc dưới, không đọc được số và ngày của quyết định.",
    reply_by=datetime(2026, 11, 30, 17, 0, tzinfo=VN),
    clock_rule="Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung",
    guide_name="Phạm Thị Hoa",
    contact_phone="0200 000 001",
)
REFUSAL = RefusalSlip(
    **SHARED,
    applicant=LAN,
    procedure=PROCEDURE,
    reason="Người yêu cầu đã đăng ký kết hôn và chưa có quyết định ly hôn có hiệu lực (khoản 2 Điều 22).",
    advice="Ông/bà có thể nộp lại hồ sơ khi có trích lục quyết định ly hôn.",
    submitter_name="Vũ Thị Lan",
    signer=Signer(title="Người tiếp nhận hồ sơ", name="Phạm Thị Hoa"),
)
APOLOGY = Apology(
    **SHARED,
    applicant=LAN,
    procedure=PROCEDURE,
    received_at=RECEIVED,
    due_at=DUE,
    new_due_at=datetime(2026, 11, 27, 16, 0, tzinfo=VN),
    reason="cơ quan phối hợp chưa trả lời xác minh.",
    signer=CHAIR,
)
STOP = StopNotice(
    **SHARED,
    applicant=LAN,
    procedure=PROCEDURE,
    received_at=RECEIVED,
    due_at=DUE,
    requested_by="Bà Vũ Thị Lan",
    requested_at=datetime(2026, 11, 20, 8, 15, tzinfo=VN),
    stopped_at=datetime(2026, 11, 20, 10, 5, tzinfo=VN),
    reason="Không còn nhu cầu.",
    basis="Điều 21 Nghị định số 118/2025/NĐ-CP",
    stage="Đang thẩm định tại Văn phòng HĐND và UBND, chưa có quyết định",
    returned="Toàn bộ bản chính; không thu phí",
    signer=CHAIR,
)
CONTROL = ControlSlip(
    **SHARED,
    procedure=PROCEDURE,
    lead="Văn phòng HĐND và UBND xã Yên Khê",
    partners=("Công an xã Yên Khê", "UBND xã Mường Sơn"),
    received_at=RECEIVED,
    due_at=DUE,
    transfers=(
        Transfer(
            "Trung tâm Phục vụ hành chính công",
            "Văn phòng HĐND và UBND",
            datetime(2026, 11, 19, 10, 20, tzinfo=VN),
            "Phạm Thị Hoa",
            "Trần Minh Quân",
            "Trước hạn",
            "Bản điện tử",
        ),
        Transfer(
            "Văn phòng HĐND và UBND",
            "Trung tâm Phục vụ hành chính công",
            datetime(2026, 11, 24, 15, 5, tzinfo=VN),
            "Trần Minh Quân",
            "Phạm Thị Hoa",
            "Đúng hạn",
        ),
    ),
)
CONFIRMATION = Confirmation(
    **{**SHARED, "code": "TT-261119-7K3M", "number": ""},
    applicant=LAN,
    procedure=PROCEDURE,
    submitted_at=datetime(2026, 11, 19, 9, 42, tzinfo=VN),
    papers=(PaperLine("Tờ khai điện tử", "Mẫu điện tử"), PaperLine("Trích lục quyết định ly hôn", "Ảnh chụp")),
    next_step="Cán bộ tiếp nhận trước 13:30 hôm nay và báo cho ông/bà",
)
DRAFT = ResultDraft(
    **{**SHARED, "number": ""},
    kind="Giấy xác nhận tình trạng hôn nhân",
    subject="Dùng để đăng ký kết hôn",
    bases=("Căn cứ Luật Hộ tịch;", "Xét đề nghị của bà Vũ Thị Lan."),
    paragraphs=("Ủy ban nhân dân xã Yên Khê xác nhận:",),
    fields=(
        FieldLine("Họ, chữ đệm, tên", "VŨ THỊ LAN"),
        FieldLine("Tình trạng hôn nhân", "Đã ly hôn, chưa kết hôn lại"),
    ),
    ending="Giấy này có giá trị 06 tháng kể từ ngày cấp./.",
    signer=CHAIR,
)
ALL = (RECEIPT, RECEIPT_FULL, SUPPLEMENT, REFUSAL, APOLOGY, STOP, CONTROL, CONFIRMATION, DRAFT)
