"""What can be printed: papers of the one-stop shop, official documents in structured text, registers."""

from congvu.engines.typeset.types.blocks import (
    KINDS,
    Article,
    Basis,
    Block,
    Cell,
    Clause,
    Dashes,
    Division,
    Heading,
    Paragraph,
    Picture,
    Point,
    Table,
    blocks_from_json,
    blocks_to_json,
    texts_of,
)
from congvu.engines.typeset.types.books import (
    BOOKS,
    BookForm,
    BookKind,
    Column,
    Direction,
    DirectionSlip,
    Group,
    HandOver,
    Party,
    RegisterBook,
    Row,
)
from congvu.engines.typeset.types.findings import Finding
from congvu.engines.typeset.types.official import (
    COPY_FORMS,
    PARTICULARS,
    URGENCY,
    Annex,
    CopyForm,
    CopyMark,
    Corner,
    Drafter,
    Family,
    Issuer,
    Layout,
    Marks,
    OfficialDocument,
    Particular,
    Sheet,
    Urgency,
)
from congvu.engines.typeset.types.papers import (
    PAPERS,
    Apology,
    Confirmation,
    ControlSlip,
    FeeLine,
    FieldLine,
    Office,
    Paper,
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
from congvu.engines.typeset.types.reading import Reading
from congvu.engines.typeset.types.text import Run, Text, plain, words

__all__ = [
    "BOOKS", "COPY_FORMS", "KINDS", "PAPERS", "PARTICULARS", "URGENCY", "Annex", "Apology", "Article", "Basis",
    "Block", "BookForm", "BookKind", "Cell", "Clause", "Column", "Confirmation", "ControlSlip", "CopyForm",
    "CopyMark", "Corner", "Dashes", "Direction", "DirectionSlip", "Division", "Drafter", "Family", "FeeLine",
    "FieldLine", "Finding", "Group", "HandOver", "Heading", "Issuer", "Layout", "Marks", "Office", "OfficialDocument",
    "Paper", "PaperLine", "Paragraph", "Particular", "Party", "Person", "Picture", "Point", "Reading", "Receipt",
    "RefusalSlip", "RegisterBook", "ResultDraft", "Row", "Run", "Sheet", "Signer", "StopNotice", "SupplementRequest",
    "Table", "Text", "Transfer", "Urgency", "blocks_from_json", "blocks_to_json", "plain", "texts_of", "words",
]  # fmt: skip
