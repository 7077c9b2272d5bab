from django.db import migrations, models


class Migration(migrations.Migration):
    """TechID names a person; what firms carried was that of whoever signed in for them first."""

    dependencies = [
        ("accounts", "0003_attempts"),
    ]

    operations = [
        migrations.RunSQL("UPDATE accounts_subject SET tech_id = '' WHERE kind <> 'person'", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(("tech_id", ""), ("kind", "person"), _connector="OR"),
                name="accounts_subject_tech_person",
            ),
        ),
    ]
