"""A kept message never changes and never goes; its bytes lie uncompressed, so that slices of it can be read."""

from django.db import migrations

FORWARD = """
ALTER TABLE exchange_raw ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE FUNCTION exchange_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a kept message never changes'; END $$;
CREATE TRIGGER exchange_raw_kept BEFORE UPDATE OR DELETE ON exchange_raw FOR EACH ROW EXECUTE FUNCTION exchange_kept();
"""
BACKWARD = """
DROP TRIGGER exchange_raw_kept ON exchange_raw; DROP FUNCTION exchange_kept();
ALTER TABLE exchange_raw ALTER COLUMN content SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
