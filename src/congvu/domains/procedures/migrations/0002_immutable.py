"""The database itself refuses to rewrite a version: only its last day may be set."""

from django.db import migrations

_FORWARD = """
CREATE FUNCTION procedures_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'valid_to' IS DISTINCT FROM to_jsonb(NEW) - 'valid_to' THEN
        RAISE EXCEPTION 'a procedure version is immutable; open a new one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_version_immutable BEFORE UPDATE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_version_is_immutable();
CREATE FUNCTION procedures_step_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the steps of a procedure version are immutable; open a new one';
END $$;
CREATE TRIGGER procedures_step_immutable BEFORE UPDATE ON procedures_steprow
    FOR EACH ROW EXECUTE FUNCTION procedures_step_is_immutable();
"""
_BACKWARD = """
DROP TRIGGER procedures_step_immutable ON procedures_steprow;
DROP FUNCTION procedures_step_is_immutable();
DROP TRIGGER procedures_version_immutable ON procedures_procedureversion;
DROP FUNCTION procedures_version_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunSQL(_FORWARD, _BACKWARD)]
