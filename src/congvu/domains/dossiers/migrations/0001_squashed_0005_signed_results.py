"""The migrations of this room up to 0005_signed_results in one: a new database makes each table once; an older one has them already."""

from datetime import date
from typing import Any
from django.utils import timezone

import congvu.common.ids
import congvu.common.tables
import django.db.models.deletion
from django.db import migrations, models


COMPARED = "Dữ liệu đi kèm chương trình"
FIGURES = (
    ("supplement_within", "3wd", date(2018, 6, 21), "Điều 19 khoản 4 Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP", True),
    ("supplement_answer", "15wd", date(2018, 6, 21), "Thời hạn do cơ quan ấn định; chưa đối chiếu văn bản", False),
    ("online_answer", "8wh", date(2020, 4, 8), "Điều 11 Nghị định 45/2020/NĐ-CP; chưa đối chiếu văn bản", False),
    ("draft_days", "30", date(2020, 4, 8), "Quy ước của hệ thống về lưu bản đang kê khai", False),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figures, comparisons = apps.get_model("law", "Figure"), apps.get_model("law", "Comparison")
    for key, value, since, basis, compared in FIGURES:
        figure = figures.objects.create(key=key, value=value, valid_from=since, legal_basis=basis)
        if compared:
            label = f"{key} = {value}"
            comparisons.objects.create(kind="figure", key=str(figure.id), label=label, against=basis, at=timezone.now(), by=COMPARED)


class Migration(migrations.Migration):

    replaces = [('dossiers', '0001_initial'), ('dossiers', '0002_figures'), ('dossiers', '0003_figures_to_law'), ('dossiers', '0004_declared_version'), ('dossiers', '0005_signed_results')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('law', '0001_initial'),
        ('orgs', '0002_staff_rules'),
        ('procedures', '0002_immutable'),
        ('records', '0001_initial'),
    ]

    operations = [
        congvu.common.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Dossier',
                    fields=[
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.record')),
                        ('procedure_code', models.CharField(max_length=16)),
                        ('channel', models.PositiveSmallIntegerField(choices=[(1, 'Trực tiếp'), (2, 'Trực tuyến'), (3, 'Bưu chính công ích')])),
                        ('portal_number', models.CharField(blank=True, max_length=20)),
                        ('token', models.CharField(default=congvu.common.ids.public_token, max_length=16, unique=True)),
                        ('applicant', models.JSONField()),
                        ('agent', models.JSONField(null=True)),
                        ('request', models.TextField(blank=True)),
                        ('form_version', models.BigIntegerField(null=True)),
                        ('answers', models.JSONField(default=dict)),
                        ('papers', models.JSONField(default=list)),
                        ('copies', models.PositiveSmallIntegerField(default=1)),
                        ('result_channel', models.CharField(choices=[('counter', 'Nhận tại quầy'), ('online', 'Nhận bản điện tử'), ('post', 'Nhận qua bưu chính')], default='counter', max_length=8)),
                        ('submitted_at', models.DateTimeField(null=True)),
                        ('received_at', models.DateTimeField(null=True)),
                        ('received_by', models.CharField(blank=True, max_length=200)),
                        ('receipt_number', models.CharField(blank=True, max_length=40)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('returned_at', models.DateTimeField(null=True)),
                        ('returned_to', models.CharField(blank=True, max_length=200)),
                        ('end_reason', models.TextField(blank=True)),
                        ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('procedure_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion')),
                        ('received_at_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.subject')),
                        ('declared_version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['subject', '-record'], name='dossiers_subject'), models.Index(fields=['procedure_code', '-received_at'], name='dossiers_procedure')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('portal_number', ''), _negated=True), fields=('portal_number',), name='dossiers_portal_number'), models.CheckConstraint(condition=models.Q(('received_at__isnull', True), ('received_at_unit__isnull', False), _connector='OR'), name='dossiers_received_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('form_version', models.BigIntegerField(null=True)),
                        ('values', models.JSONField(default=dict)),
                        ('pages_done', models.JSONField(default=list)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('saved_at', models.DateTimeField(auto_now=True)),
                        ('submitted_as', models.UUIDField(null=True)),
                        ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.subject')),
                        ('procedure_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['owner', '-saved_at'], name='dossiers_draft_owner')],
                    },
                ),
                migrations.CreateModel(
                    name='Rating',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('score', models.PositiveSmallIntegerField()),
                        ('reasons', models.JSONField(default=list)),
                        ('comment', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='dossiers_rating_range')],
                    },
                ),
                migrations.CreateModel(
                    name='Result',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=500)),
                        ('code', models.CharField(blank=True, max_length=20)),
                        ('number', models.CharField(max_length=80)),
                        ('source', models.CharField(choices=[('ours', 'Hệ thống này'), ('ministry', 'Hệ thống của Bộ')], default='ours', max_length=8)),
                        ('signed', models.BooleanField(default=False)),
                        ('signer', models.CharField(blank=True, max_length=200)),
                        ('file', models.UUIDField()),
                        ('issued_at', models.DateTimeField()),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                    ],
                ),
                migrations.CreateModel(
                    name='Supplement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('items', models.JSONField()),
                        ('reason', models.TextField()),
                        ('asked_at', models.DateTimeField()),
                        ('asked_by', models.CharField(max_length=200)),
                        ('answer_by', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answer_note', models.TextField(blank=True)),
                        ('cancelled_at', models.DateTimeField(null=True)),
                        ('cancel_reason', models.TextField(blank=True)),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('dossier',), name='dossiers_supplement_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SignedResult',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=500)),
                        ('file', models.UUIDField()),
                        ('zones', models.JSONField()),
                        ('signer', models.CharField(max_length=200)),
                        ('signed_at', models.DateTimeField()),
                        ('void_at', models.DateTimeField(null=True)),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('void_at__isnull', True)), fields=('dossier',), name='dossiers_signed_result_once')],
                    },
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
