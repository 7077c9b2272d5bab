"""Who looked at a record; appended only, like the trail."""

from django.db import migrations, models

FORWARD = (
    "CREATE TRIGGER audit_viewing_append_only BEFORE UPDATE OR DELETE ON audit_viewing "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Viewing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("record", models.UUIDField()),
                ("user", models.BigIntegerField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("position_title", models.CharField(blank=True, max_length=200)),
                ("on_behalf_of", models.CharField(blank=True, max_length=200)),
                (
                    "what",
                    models.CharField(
                        choices=[("page", "Xem trang"), ("file", "Mở tệp"), ("print", "In")], max_length=5
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["record", "-at"], name="audit_viewing_record")],
            },
        ),
        migrations.RunSQL(FORWARD, "DROP TRIGGER audit_viewing_append_only ON audit_viewing;"),
    ]
