"""Filling the database with documents and tasks by a few statements: what ``bench.documents`` looks through.

Documents of three years, thinner the older; 30 % of them in one commune's book, read by its records clerk, one in a
hundred read by a head of office, a few by an official. Beside each three of them one outgoing document, beside each
ten a task, with the same readers. Words follow Zipf: the most frequent stands in nine documents of ten, rare ones in a
handful.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

VOCABULARY = 20_000
WORDS = 60
STEP = 20_000

_OPENED = "now() - make_interval(secs => (power((n * 7919 %% 1000003) / 1000003.0, 1.4) * 3 * 365 * 86400)::float8)"
_READERS = """CASE WHEN n %% 10 < 3 THEN ARRAY['p:%(clerk)s', 'p:%(chair)s'] ELSE ARRAY['p:' || (900000 + n %% 200)] END
        || CASE WHEN n %% 100 = 7 THEN ARRAY['p:%(head)s'] ELSE ARRAY[]::text[] END
        || CASE WHEN n %% 500 = 10 THEN ARRAY['p:%(official)s'] ELSE ARRAY[]::text[] END"""
_URGENCY = "n / 50 %% 14 / 13"
_FROM = "FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS g(n)"


def _records(prefix: str, kind: str, state: str, where: str = "", urgency: str = "0") -> str:
    return f"""
INSERT INTO records_record (id, kind, code, title, unit_id, state, confidentiality, opened_at, readers, folded, version,
    urgency)
SELECT md5('{prefix}' || n)::uuid, '{kind}', '', 'Văn bản số ' || n || ' về việc w' || (n * 31 %% 977), %(unit)s,
    {state}, 0, {_OPENED}, {_READERS},
    'van ban so ' || n || ' ve viec w' || (n * 31 %% 977) || ' ' || n %% 9000 || '/snv-tcbc so noi vu', 1, {urgency}
{_FROM} {where}
"""


_INCOMING = f"""
INSERT INTO documents_incoming (record_id, book_id, channel, arrived_at, arrival_number, arrival_year, registered_at,
    registered_by, sender, sender_code, number, symbol, issued_on, kind_name, signer, signer_position, priority,
    secrecy, copies, paper_follows, language, description, document_id, warnings, checking, file_checks,
    sent_back_reason, result)
SELECT r.id, %(book)s, 'exchange', r.opened_at, n, 2000 + n / 1000000, r.opened_at, 'Văn thư', 'Sở Nội vụ', '',
    (n %% 9000)::text, 'SNV-TCBC', r.opened_at::date, 'Công văn', 'Người ký', '', {_URGENCY}, 0, 1, false,
    'Tiếng Việt', '', '', '[]', false, '[]', '', ''
{_FROM} JOIN records_record r ON r.id = md5('r' || n)::uuid
"""
_OUTGOING = f"""
INSERT INTO documents_outgoing (record_id, issuer_id, kind_id, drafting_unit_id, drafter_id, drafter_name, symbol,
    number, number_year, series, issued_on, issued_at, signer_name, capacity, priority, copies, paper, version,
    document_id, recall_reason)
SELECT r.id, %(book)s, (SELECT min(id) FROM documents_kind), %(unit)s, %(official)s, 'Người soạn', 'UBND-VP',
    CASE WHEN r.state IN ('issued', 'recalled') THEN n END,
    CASE WHEN r.state IN ('issued', 'recalled') THEN 2000 + n / 1000000 END, '',
    CASE WHEN r.state IN ('issued', 'recalled') THEN r.opened_at::date END,
    CASE WHEN r.state IN ('issued', 'recalled') THEN r.opened_at END, 'Người ký', '', 0, 1, false, 1, '', ''
{_FROM} JOIN records_record r ON r.id = md5('o' || n)::uuid
"""
# Given by the chair to the records clerk, a few to the official.
_TASKS = f"""
INSERT INTO tasks_task (record_id, source_id, task_code, content, output, assigner_unit_id, assigner_position_id,
    assigner_name, owner_unit_id, owner_position_id, owner_name, due_at, no_term, percent, given_at, ended_at,
    finished_at, notice_level)
SELECT r.id, md5('r' || greatest(n / 100 * 100, 1))::uuid, '', '', 'Báo cáo', %(unit)s, %(chair)s, 'Chủ tịch',
    %(unit)s, CASE WHEN n %% 500 = 10 THEN %(official)s ELSE %(clerk)s END, 'Người làm',
    r.opened_at + interval '20 days', false, 0, r.opened_at,
    CASE WHEN r.state = 'done' THEN r.opened_at + interval '15 days' END,
    CASE WHEN r.state = 'done' THEN r.opened_at + interval '15 days' END, 0
{_FROM} JOIN records_record r ON r.id = md5('t' || n)::uuid
"""
# The word of rank k stands in about 0.9 / k^0.7 of the documents; the tail is spread over the vocabulary.
_WORDS = f"""
INSERT INTO records_words (record_id, week, words)
SELECT r.id, (extract(epoch FROM r.opened_at) / 604800)::int, to_tsvector('simple', (
    SELECT string_agg('w' || k, ' ') FROM (
        SELECT k FROM generate_series(1, 40) AS f(k) WHERE hashint8(n * 1000 + k) & 1023 < 921 / power(k, 0.7)
        UNION ALL
        SELECT 41 + abs(hashint8(n * 1000 + 500 + i)) %% %(vocabulary)s FROM generate_series(1, %(words)s) AS t(i)
    ) AS chosen))
{_FROM} JOIN records_record r ON r.id IN (md5('r' || n)::uuid, md5('o' || n)::uuid)
"""
_STATEMENTS = (
    _records(
        "r", "doc_in", "CASE WHEN n %% 50 = 0 THEN 'processing' WHEN n %% 50 = 21 THEN 'sent_back' ELSE 'done' END",
        urgency=_URGENCY,
    ),
    _INCOMING,
    _records(
        "o", "doc_out", "CASE WHEN n %% 150 = 0 THEN 'drafting' WHEN n %% 150 = 51 THEN 'recalled' ELSE 'issued' END",
        "WHERE n %% 3 = 0",
    ),
    _OUTGOING,
    _records("t", "task", "CASE WHEN n %% 200 = 0 THEN 'doing' ELSE 'done' END", "WHERE n %% 10 = 0"),
    _TASKS,
    _WORDS,
)  # fmt: skip


def there() -> int:
    """How many documents were filled in before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(arrival_number), 0) FROM documents_incoming WHERE arrival_year < 2020")
        return int(cursor.fetchone()[0])


def fill(values: dict[str, Any], first: int, last: int) -> None:
    """Documents ``first`` to ``last``, with what hangs on them; then statistics for the planner."""
    given = {**values, "vocabulary": VOCABULARY, "words": WORDS}
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS records_words_found")
        for begin in range(first, last + 1, STEP):
            with transaction.atomic():
                for statement in _STATEMENTS:
                    cursor.execute(statement, {**given, "first": begin, "last": min(last, begin + STEP - 1)})
        cursor.execute(
            "CREATE INDEX records_words_found ON records_words USING gin (words, week) WITH (fastupdate = off)"
        )
        cursor.execute("VACUUM ANALYZE")
