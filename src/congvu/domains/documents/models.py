"""Documents of agencies: what came in, who was told to do what about it, what is drafted, signed and issued."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from congvu.common.ids import uuid7


class Family(models.TextChoices):
    """Issuer families: each has its own kinds, layout, books and numbers; Party and UBND never share a book."""

    ADMINISTRATIVE = "administrative", gettext_lazy("Cơ quan hành chính")
    COUNCIL = "council", gettext_lazy("Hội đồng nhân dân")
    PARTY = "party", gettext_lazy("Cơ quan Đảng")
    MASS = "mass", gettext_lazy("Tổ chức chính trị - xã hội")


class Nature(models.TextChoices):
    ADMINISTRATIVE = "administrative", gettext_lazy("Văn bản hành chính")
    NORMATIVE = "normative", gettext_lazy("Văn bản quy phạm pháp luật")
    COPY = "copy", gettext_lazy("Bản sao")


class Priority(models.IntegerChoices):
    """Mức độ khẩn; the last one exists on the wire of edXML only, not in NĐ 30/2020."""

    ORDINARY = 0, gettext_lazy("Thường")
    URGENT = 1, gettext_lazy("Khẩn")
    VERY_URGENT = 2, gettext_lazy("Thượng khẩn")
    EXPRESS = 3, gettext_lazy("Hỏa tốc")
    EXPRESS_TIMED = 4, gettext_lazy("Hỏa tốc hẹn giờ")


class Secrecy(models.IntegerChoices):
    NONE = 0, gettext_lazy("Không mật")
    SECRET = 1, gettext_lazy("Mật")
    TOP = 2, gettext_lazy("Tối mật")
    UTMOST = 3, gettext_lazy("Tuyệt mật")


class Channel(models.TextChoices):
    EXCHANGE = "exchange", gettext_lazy("Trục liên thông")
    PAPER = "paper", gettext_lazy("Bản giấy")
    MAIL = "mail", gettext_lazy("Thư điện tử công vụ")
    HAND = "hand", gettext_lazy("Nhập tay")


class InState(models.TextChoices):
    """Where an incoming document stands."""

    ARRIVED = "arrived", gettext_lazy("Chờ vào sổ")
    SENT_BACK = "sent_back", gettext_lazy("Đã trả lại nơi gửi")
    REGISTERED = "registered", gettext_lazy("Chờ chỉ đạo")
    PROCESSING = "processing", gettext_lazy("Đang xử lý")
    DONE = "done", gettext_lazy("Đã xử lý xong")
    RECALLED = "recalled", gettext_lazy("Đã bị thu hồi")


class OutState(models.TextChoices):
    """Where an outgoing document stands."""

    DRAFTING = "drafting", gettext_lazy("Đang soạn thảo")
    REVIEWING = "reviewing", gettext_lazy("Đang trình duyệt")
    SIGNING = "signing", gettext_lazy("Chờ ký")
    ISSUING = "issuing", gettext_lazy("Chờ phát hành")
    ISSUED = "issued", gettext_lazy("Đã phát hành")
    DROPPED = "dropped", gettext_lazy("Đã bỏ dự thảo")
    RECALLED = "recalled", pgettext_lazy("document", "Đã thu hồi")


class Kind(models.Model):
    """A kind of document: the 29 of NĐ 30/2020 Điều 7, copies, and legal normative documents of local agencies.

    ``abbreviation`` is empty for công văn and thư công, which have none. ``addressed``: the kind carries "Kính gửi".
    ``archive_code`` is its code in TT 05/2025/TT-BNV, whose order is another.
    """

    key = models.CharField(max_length=16)
    family = models.CharField(max_length=16, choices=Family.choices)
    nature = models.CharField(max_length=16, choices=Nature.choices)
    name = models.CharField(max_length=100)
    abbreviation = models.CharField(max_length=10, blank=True)
    layout = models.CharField(max_length=20)
    addressed = models.BooleanField(default=False)
    archive_code = models.CharField(max_length=2)
    order = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="documents_kind_key")]

    def __str__(self) -> str:
        return self.name


class Issuer(models.Model):
    """Whoever issues documents in its own name from a day on: an agency, a council using its seal, a Party committee.

    ``lines`` are the lines of its name as box 2 prints them, ``above`` those of the body above it. ``series`` says how
    its administrative documents are numbered: ``one``, ``kind``, or ``groups`` (lists of kind keys in ``groups``);
    normative documents, copies and secret ones always have series of their own (NĐ 30/2020 Điều 15). ``symbols`` are
    the abbreviations of drafting units for công văn, by unit id.
    """

    class Series(models.TextChoices):
        ONE = "one", gettext_lazy("Một dãy số chung")
        KIND = "kind", gettext_lazy("Mỗi loại một dãy số")
        GROUPS = "groups", gettext_lazy("Theo nhóm loại văn bản")

    key = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    family = models.CharField(max_length=16, choices=Family.choices, default=Family.ADMINISTRATIVE)
    above = models.JSONField(default=list)
    lines = models.JSONField()
    abbreviation = models.CharField(max_length=30)
    place = models.CharField(max_length=60)
    collective = models.CharField(max_length=200, blank=True)
    series = models.CharField(max_length=8, choices=Series.choices, default=Series.KIND)
    groups = models.JSONField(default=list)
    symbols = models.JSONField(default=dict)
    secret_placeholders = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit"], name="documents_issuer_unit")]

    def __str__(self) -> str:
        return self.key


class Incoming(models.Model):
    """An incoming document under its record, in the book of one issuer (NĐ 30/2020 Điều 20–24, Phụ lục VI).

    The number of arrival is one running series of the year, whatever the channel (Điều 22 khoản 2). ``number`` is text
    ("15a"). ``document_id`` is the opaque identifier of the sender's system, ``message`` the exchanged message.
    ``warnings`` are what the checks on arrival found, in sentences.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    arrived_at = models.DateTimeField()
    arrival_number = models.PositiveIntegerField(null=True)
    arrival_year = models.PositiveSmallIntegerField(null=True)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=200)
    sender_code = models.CharField(max_length=35, blank=True)
    number = models.CharField(max_length=11, blank=True)
    symbol = models.CharField(max_length=30, blank=True)
    issued_on = models.DateField(null=True)
    kind_name = models.CharField(max_length=100, blank=True)
    signer = models.CharField(max_length=50, blank=True)
    signer_position = models.CharField(max_length=100, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    secrecy = models.PositiveSmallIntegerField(choices=Secrecy.choices, default=Secrecy.NONE)
    pages = models.PositiveSmallIntegerField(null=True)
    copies = models.PositiveSmallIntegerField(default=1)
    paper_follows = models.BooleanField(default=False)
    reply_by = models.DateField(null=True)
    language = models.CharField(max_length=30, default="Tiếng Việt")
    description = models.CharField(max_length=500, blank=True)
    document_id = models.CharField(max_length=200, blank=True)
    message = models.UUIDField(null=True)
    warnings = models.JSONField(default=list)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_reason = models.TextField(blank=True)
    result = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "arrival_year", "arrival_number"], name="documents_arrival_number",
                condition=Q(arrival_number__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["book", "message"], name="documents_message_once", condition=Q(message__isnull=False)
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["book", "-arrived_at", "-record"], name="documents_incoming_list"),
            models.Index(fields=["book", "document_id"], name="documents_incoming_id", condition=~Q(document_id="")),
            models.Index(fields=["book", "number", "symbol"], name="documents_incoming_symbol"),
            models.Index(fields=["book", "sender_code"], name="documents_incoming_sender"),
        ]


class Direction(models.Model):
    """One line of a direction slip: a unit (and post) that leads, supports, or is informed, with its own deadline.

    ``parent`` is the line that was handed on inside a unit (phiếu giải quyết, phần 2). A deadline is set, or
    ``no_deadline`` says there is none. Persons stand here as values.
    """

    class Role(models.TextChoices):
        LEAD = "lead", pgettext_lazy("direction", "Chủ trì")
        SUPPORT = "support", gettext_lazy("Phối hợp")
        INFORM = "inform", gettext_lazy("Để biết")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="directions")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    opinion = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    no_deadline = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
    given_as = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    item = models.UUIDField(null=True)
    handed_on_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    result = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incoming"], name="documents_direction_one_lead",
                condition=Q(role="lead", parent__isnull=True, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["parent"], name="documents_direction_one_lead_inside",
                condition=Q(role="lead", parent__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="documents_direction_term",
                condition=Q(role="inform") | Q(due_at__isnull=False) | Q(no_deadline=True),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["incoming"], name="documents_direction_document"),
            models.Index(fields=["unit", "due_at"], name="documents_direction_unit"),
        ]


class Opinion(models.Model):
    """Something said about a document, incoming or outgoing; ``leader`` opinions are part of the record (bút phê)."""

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    leader = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record", "at"], name="documents_opinion_record")]


class Outgoing(models.Model):
    """An outgoing document under its record: a draft, later the issued original.

    ``number`` and ``issued_on`` are given together by the records clerk; ``symbol`` is fixed with the kind.
    ``capacity`` is how the signer signs (TM., Q., KT., TL., TUQ.). ``version`` is the newest draft version,
    ``document_id`` its identifier on the exchange.
    """

    class Capacity(models.TextChoices):
        SELF = "", gettext_lazy("Thủ trưởng ký trực tiếp")
        COLLECTIVE = "TM.", gettext_lazy("Thay mặt tập thể (TM.)")
        ACTING = "Q.", gettext_lazy("Quyền (Q.)")
        DEPUTY = "KT.", gettext_lazy("Ký thay (KT.)")
        ORDER = "TL.", gettext_lazy("Thừa lệnh (TL.)")
        AUTHORISED = "TUQ.", gettext_lazy("Thừa ủy quyền (TUQ.)")

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    drafting_unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    drafter_name = models.CharField(max_length=200)
    symbol = models.CharField(max_length=30)
    number = models.PositiveIntegerField(null=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    series = models.CharField(max_length=48, blank=True)
    issued_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    signer = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=6, choices=Capacity.choices, blank=True, default=Capacity.SELF)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    reply_by = models.DateField(null=True)
    copies = models.PositiveSmallIntegerField(default=1)
    paper = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    original = models.UUIDField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    signed_at = models.DateTimeField(null=True)
    document_id = models.CharField(max_length=200, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_year", "number", "symbol"], name="documents_number_once",
                condition=Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="documents_issued_whole",
                condition=Q(number__isnull=True, issued_on__isnull=True)
                | Q(number__isnull=False, issued_on__isnull=False, number_year__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["issuer", "-issued_on", "-number"], name="documents_outgoing_book"),
            models.Index(fields=["document_id"], name="documents_outgoing_id", condition=~Q(document_id="")),
        ]


class Version(models.Model):
    """One state of a draft, kept for ever. ``content`` is structured text; approvals are bound to its ``digest``."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    subject = models.CharField(max_length=500)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "n"], name="documents_version_once")]


class Approval(models.Model):
    """Initials on one version: of the content, or of the layout (NĐ 30/2020 Điều 12). A later version voids them."""

    class About(models.TextChoices):
        CONTENT = "content", gettext_lazy("Nội dung")
        LAYOUT = "layout", gettext_lazy("Thể thức, kỹ thuật trình bày")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    about = models.CharField(max_length=8, choices=About.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "about"], name="documents_approval_once")]


class SignaturePicture(models.Model):
    """What a signature looks like on paper: a person's handwriting (blue), or an issuer's seal (red) in its true size.

    PNG with a transparent ground (NĐ 30/2020 Phụ lục I). The newest of its owner is used; old papers keep theirs.
    """

    user = models.BigIntegerField(null=True)
    issuer = models.ForeignKey(Issuer, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    width_mm = models.FloatField(default=36.0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_picture_owner",
                condition=Q(user__isnull=True, issuer__isnull=False) | Q(user__isnull=False, issuer__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["user", "-at"], name="documents_picture_user")]


class Recipient(models.Model):
    """Whoever an issued document goes to, and how far it got there. ``state`` is the newest wire status code."""

    class Way(models.TextChoices):
        EXCHANGE = "exchange", gettext_lazy("Trục liên thông")
        INSIDE = "inside", gettext_lazy("Trong cơ quan")
        PAPER = "paper", gettext_lazy("Bản giấy")

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="recipients")
    way = models.CharField(max_length=10, choices=Way.choices)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=35, blank=True)
    unit = models.ForeignKey("orgs.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=2, blank=True)
    state_at = models.DateTimeField(null=True)
    state_words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "name", "code"], name="documents_recipient_once")]


class Link(models.Model):
    """How one document stands to another; read from both ends."""

    class Relation(models.TextChoices):
        REPLY = "reply", pgettext_lazy("relation", "Trả lời")
        REPLACE = "replace", pgettext_lazy("relation", "Thay thế")
        AMEND = "amend", gettext_lazy("Sửa đổi, bổ sung")
        CORRECT = "correct", gettext_lazy("Đính chính")
        RECALL = "recall", pgettext_lazy("relation", "Thu hồi")
        COPY = "copy", gettext_lazy("Sao từ")
        RELATED = "related", gettext_lazy("Liên quan")

    source = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=8, choices=Relation.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "relation"], name="documents_link_once")]
        indexes = [models.Index(fields=["target"], name="documents_link_target")]
