"""Filling the database: copies of played dossiers by a few statements for each table, with the skew of real offices.

30 % of all copies lie in one commune, 5 % of what waits there or elsewhere waits for one clerk alone, and a tenth has
no due time. Names, codes, subjects and days differ from copy to copy, so that indexes are as wide as real ones.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from congvu.boot.demo.people import names
from congvu.common.text import fold
from congvu.domains.dossiers.models import Dossier
from congvu.engines.deadlines.models import Clock, Interval
from congvu.engines.workflow.models import Instance, Token, WorkItem
from congvu.ground.accounts.models import Subject
from congvu.ground.records.models import Record

CLERK, UNIT = "motcua", "xa-yen-khe"
NAMES = 3000
# Days before today over which the copies are spread.
SPREAD = 700

_COPIES = """
CREATE TEMP TABLE copy ON COMMIT DROP AS
WITH played AS (
    SELECT r.id, r.state, r.code, r.opened_at, d.applicant, d.subject_id, b.big,
        row_number() OVER (PARTITION BY b.big ORDER BY r.id) AS nr, count(*) OVER (PARTITION BY b.big) AS of
    FROM bench_played b JOIN records_record r ON r.id = b.id JOIN dossiers_dossier d ON d.record_id = r.id
)
SELECT g.n, p.id AS src, p.state, p.code AS old_code, p.applicant, p.subject_id AS old_subject, s.id AS subject,
    s.full_name, s.personal_id, gen_random_uuid() AS dst, gen_random_uuid() AS instance,
    p_back.back,
    g.n %% 10 = 7 AS no_due, g.n %% 20 = 3 AS of_clerk,
    regexp_replace(p.code, '-.*', '-') || to_char((p.opened_at - p_back.back) AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYMMDD')
        || '-' || lpad((g.n + 10000)::text, 5, '0') AS code
FROM generate_series(%(first)s, %(last)s) AS g(n)
JOIN bench_subject b ON b.n = g.n %% %(subjects)s
JOIN accounts_subject s ON s.id = b.id
JOIN played p ON p.big = (g.n %% 10 < 3) AND p.nr = 1 + (g.n / 10) %% p.of
CROSS JOIN LATERAL (SELECT CASE WHEN p.state IN ('submitted', 'processing', 'supplement') THEN INTERVAL '0' ELSE
    make_interval(secs => (g.n * 7919 %% 86400) + 86400 * (g.n * 31 %% %(spread)s)) END AS back) p_back
"""


def up_to(size: int) -> int:
    """Copy until there are ``size`` dossiers; how many were made."""
    with transaction.atomic(), connection.cursor() as cursor:
        there = _prepared(cursor)
        last = size - there["first"]
        if last <= there["copied"]:
            return 0
        values = {
            "spread": SPREAD, "first": there["copied"] + 1, "last": last, "subjects": NAMES,
        }  # fmt: skip
        cursor.execute(_COPIES, values)
        cursor.execute("INSERT INTO bench_copied SELECT dst, n FROM copy")
        cursor.execute("ANALYZE copy")
        _copy_rows(cursor)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return int(last - there["copied"])


def _prepared(cursor: Any) -> dict[str, int]:
    """Invented people to hang the copies on, made once, and a list of what was copied."""
    cursor.execute("CREATE TABLE IF NOT EXISTS bench_copied (dst uuid PRIMARY KEY, n int)")
    cursor.execute("CREATE TABLE IF NOT EXISTS bench_subject (n int PRIMARY KEY, id bigint)")
    cursor.execute(
        "CREATE TABLE IF NOT EXISTS bench_played AS"
        " SELECT r.id, u.key = %s AS big FROM records_record r JOIN orgs_unit u ON u.id = r.unit_id WHERE r.code <> ''",
        [UNIT],
    )
    cursor.execute("SELECT count(*) FROM bench_subject")
    if not cursor.fetchone()[0]:
        people = [
            Subject(full_name=name, personal_id=f"0980{number:08}")
            for number, name in enumerate(islice(names(4711), NAMES))
        ]
        made = Subject.objects.bulk_create(people)
        cursor.executemany("INSERT INTO bench_subject VALUES (%s, %s)", [(n, s.id) for n, s in enumerate(made)])
    cursor.execute("SELECT count(*) FROM bench_copied")
    copied = cursor.fetchone()[0]
    cursor.execute("SELECT count(*) FROM dossiers_dossier")
    return {"copied": copied, "first": cursor.fetchone()[0] - copied}


def _copy_rows(cursor: Any) -> None:
    """Every table in the order of its keys. What is over moves back in time; what waits keeps its days."""
    named = "replace({}.title, copy.applicant->>'full_name', copy.full_name)"
    person = "jsonb_build_object('full_name', copy.full_name, 'personal_id', copy.personal_id)"
    _copy(
        cursor, Record, "r", "r.id = copy.src", id="copy.dst", code="copy.code", title=named.format("r"),
        folded=_folding(cursor), due_at=_due("r"), **_back("r", "opened_at", "closed_at"),
        readers="array_replace(r.readers, 's:' || copy.old_subject, 's:' || copy.subject)",
    )  # fmt: skip
    _copy(
        cursor, Dossier, "d", "d.record_id = copy.src", record_id="copy.dst", portal_number="''",
        token="substr(md5(copy.dst::text), 1, 12)", subject_id="copy.subject", applicant=f"d.applicant || {person}",
        **_back("d", "submitted_at", "received_at", "finished_at", "returned_at"),
    )  # fmt: skip
    _copy(
        cursor, Clock, "k", "k.record_id = copy.src", record_id="copy.dst",
        **_back("k", "start", "due_at", "stopped_at"),
    )  # fmt: skip
    _copy(
        cursor, Interval, "v", "v.clock_id = k.id", through="JOIN deadlines_clock k ON k.record_id = copy.src",
        clock_id="(SELECT c.id FROM deadlines_clock c WHERE c.record_id = copy.dst AND c.kind = k.kind)",
        **_back("v", "since", "until", "cancelled_at"),
    )  # fmt: skip
    _copy(
        cursor, Instance, "i", "i.record_id = copy.src", id="copy.instance", record_id="copy.dst", code="copy.code",
        title=named.format("i"), due_at=_due("i"), **_back("i", "started_at", "ended_at"),
    )  # fmt: skip
    _copy(
        cursor, Token, "t", "t.instance_id = i.id", through="JOIN workflow_instance i ON i.record_id = copy.src",
        id="md5(copy.n::text || t.id::text)::uuid", instance_id="copy.instance",
    )  # fmt: skip
    _copy(
        cursor, WorkItem, "w", "w.record_id = copy.src", id="md5(copy.n::text || w.id::text)::uuid",
        record_id="copy.dst", instance_id="copy.instance", token="md5(copy.n::text || w.token::text)::uuid",
        code="copy.code", title=named.format("w"), due_at=_due("w"),
        assignee_id=f"CASE WHEN w.state = 'open' AND copy.of_clerk THEN {_clerk(cursor)} ELSE w.assignee_id END",
        **_back("w", "created_at", "done_at"),
    )  # fmt: skip
    cursor.execute(_SEATS)


_SEATS = """
INSERT INTO workflow_seat (item_id, key, due_at, kind)
SELECT DISTINCT w.id, unnest(CASE WHEN w.assignee_id IS NULL THEN w.holders ELSE ARRAY['p:' || w.assignee_id] END),
    coalesce(w.due_at, 'infinity'), w.kind
FROM workflow_workitem w JOIN copy ON w.record_id = copy.dst WHERE w.state = 'open'
"""


def _back(alias: str, *columns: str) -> dict[str, str]:
    return {column: f"{alias}.{column} - copy.back" for column in columns}


def _due(alias: str) -> str:
    return f"CASE WHEN copy.no_due THEN NULL ELSE {alias}.due_at - copy.back END"


def _copy(
    cursor: Any, model: type[models.Model], alias: str, joined: str, *, through: str = "", **changed: str
) -> None:
    """Rows of a table again for each copy; columns not named stay, serial keys are new."""
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField) or f.column in changed]
    columns = [f.column for f in fields]
    values = [changed.get(column, f'{alias}."{column}"') for column in columns]
    names_of = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({names_of}) SELECT {', '.join(values)} FROM copy {through}"
        f" JOIN {table} {alias} ON {joined}"
    )


def _folding(cursor: Any) -> str:
    """The words a copy is found by, with its own code, name and number; names are folded here, as the program does."""
    cursor.execute("SELECT DISTINCT applicant->>'full_name' FROM copy UNION SELECT DISTINCT full_name FROM copy")
    plain = [(row[0], fold(row[0])) for row in cursor.fetchall()]
    cursor.execute("CREATE TEMP TABLE plain (name text PRIMARY KEY, folded text) ON COMMIT DROP")
    cursor.executemany("INSERT INTO plain VALUES (%s, %s)", plain)
    return (
        "replace(replace(replace(r.folded, lower(copy.old_code), lower(copy.code)),"
        " (SELECT folded FROM plain WHERE name = copy.applicant->>'full_name'),"
        " (SELECT folded FROM plain WHERE name = copy.full_name)), copy.applicant->>'personal_id', copy.personal_id)"
    )


def _clerk(cursor: Any) -> int:
    cursor.execute(
        "SELECT a.position_id FROM orgs_assignment a JOIN accounts_user u ON u.id = a.user_id"
        " WHERE u.username = %s ORDER BY a.id",
        [CLERK],
    )
    return int(cursor.fetchone()[0])
