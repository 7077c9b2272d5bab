"""A revision of the tree of units that every write renews, so that processes know when to read the tree again."""

from django.db import migrations, models

_FORWARD = """
CREATE FUNCTION orgs_renew_tree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO orgs_treerevision (id, value) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET value = excluded.value;
    RETURN NULL;
END $$;
CREATE TRIGGER orgs_renew_tree AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON orgs_unit
    FOR EACH STATEMENT EXECUTE FUNCTION orgs_renew_tree();
CREATE TRIGGER orgs_renew_tree AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON orgs_unitversion
    FOR EACH STATEMENT EXECUTE FUNCTION orgs_renew_tree();
INSERT INTO orgs_treerevision (id, value) VALUES (1, gen_random_uuid());
"""
_BACKWARD = """
DROP TRIGGER orgs_renew_tree ON orgs_unitversion;
DROP TRIGGER orgs_renew_tree ON orgs_unit;
DROP FUNCTION orgs_renew_tree();
"""


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_staff_rules")]
    operations = [
        migrations.CreateModel(
            name="TreeRevision",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("value", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(_FORWARD, _BACKWARD),
    ]
