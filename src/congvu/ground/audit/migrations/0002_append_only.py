"""The trail refuses change even where the owner of the tables asks by mistake."""

from django.db import migrations

TABLES = ("audit_entry", "audit_link", "audit_dayseal")
FORWARD = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''the audit trail is append-only''; END';
""" + "".join(
    f"CREATE TRIGGER {t}_append_only BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION audit_append_only();"
    for t in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER {t}_append_only ON {t};" for t in TABLES) + "DROP FUNCTION audit_append_only();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
