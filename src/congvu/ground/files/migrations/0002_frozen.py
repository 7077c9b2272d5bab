"""A locked file is frozen by the database itself, and no content changes under its digest."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION files_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.locked_at IS NOT NULL THEN RAISE EXCEPTION 'this file is locked and cannot be changed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER files_file_frozen BEFORE UPDATE OR DELETE ON files_file FOR EACH ROW EXECUTE FUNCTION files_frozen();
CREATE FUNCTION files_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a content never changes under its digest'; END $$;
CREATE TRIGGER files_blob_content BEFORE UPDATE OF sha256, size ON files_blob FOR EACH ROW
  WHEN (OLD.sha256 IS DISTINCT FROM NEW.sha256 OR OLD.size IS DISTINCT FROM NEW.size) EXECUTE FUNCTION files_content();
"""
BACKWARD = """
DROP TRIGGER files_blob_content ON files_blob; DROP FUNCTION files_content();
DROP TRIGGER files_file_frozen ON files_file; DROP FUNCTION files_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
