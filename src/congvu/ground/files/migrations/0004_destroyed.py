"""A frozen file may be destroyed with its record, in the act that names the record; it still cannot be changed."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION files_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.record_id::text = current_setting('congvu.destroyed_record', true) THEN RETURN OLD; END IF;
  IF OLD.locked_at IS NOT NULL THEN RAISE EXCEPTION 'this file is locked and cannot be changed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION files_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.locked_at IS NOT NULL THEN RAISE EXCEPTION 'this file is locked and cannot be changed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0003_document_purpose")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
