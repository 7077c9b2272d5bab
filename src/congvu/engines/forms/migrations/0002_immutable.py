from django.db import migrations

# Answers point to a version for ever: only its last day may be changed, and no version may vanish.
GUARD = """
CREATE FUNCTION forms_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a published form is immutable';
  END IF;
  IF (OLD.key, OLD.version, OLD.sha256, OLD.definition, OLD.schema, OLD.valid_from)
     IS DISTINCT FROM (NEW.key, NEW.version, NEW.sha256, NEW.definition, NEW.schema, NEW.valid_from) THEN
    RAISE EXCEPTION 'a published form is immutable';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER forms_guard BEFORE UPDATE OR DELETE ON forms_formversion FOR EACH ROW EXECUTE FUNCTION forms_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]
    operations = [
        migrations.RunSQL(GUARD, "DROP TRIGGER forms_guard ON forms_formversion; DROP FUNCTION forms_guard();")
    ]
