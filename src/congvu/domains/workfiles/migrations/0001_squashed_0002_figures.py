"""The migrations of this room up to 0002_figures in one: a new database makes each table once; an older one has them already."""

from datetime import date
from typing import Any

import congvu.common.tables
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


_LAW = "Luật Lưu trữ 33/2024/QH15; Nghị định 113/2025/NĐ-CP"
FIGURES = (
    ("workfile_submit_days", "60", "2025-07-01", _LAW),
    ("workfile_submit_years", "1", "2020-03-05", "Điều 30 Nghị định 30/2020/NĐ-CP; Luật Lưu trữ 33/2024/QH15"),
    ("workfile_submit_days", "365", "2020-03-05", "Điều 30 khoản 2 điểm b Nghị định 30/2020/NĐ-CP"),
    ("workfile_notice_days", "30", "2020-03-05", "Phụ lục VI Nghị định 30/2020/NĐ-CP, phần I mục III.5"),
    ("workfile_answer_days", "60", "2020-03-05", f"{_LAW}; chưa đối chiếu văn bản"),
    ("workfile_retention_min", "2", "2020-03-05", "Luật Lưu trữ 33/2024/QH15; chưa đối chiếu văn bản"),
    ("workfile_retention_max", "70", "2020-03-05", "Luật Lưu trữ 33/2024/QH15; chưa đối chiếu văn bản"),
    ("workfile_council_members", "5", "2020-03-05", "Thông lệ của Bộ Tài chính; chưa đối chiếu văn bản"),
)
_TABLE = "Thông tư 10/2022/TT-BNV; chưa đối chiếu văn bản"
RULES = (
    ("so-di-quyet-dinh", "Sổ đăng ký văn bản đi: quyết định, quy phạm pháp luật", None),
    ("so-di-khac", "Sổ đăng ký văn bản đi khác", 50),
    ("so-den", "Sổ đăng ký văn bản đến", 20),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figures, rules = apps.get_model("law", "Figure"), apps.get_model("workfiles", "RetentionRule")
    for key, value, since, basis in FIGURES:
        figures.objects.create(key=key, value=value, valid_from=date.fromisoformat(since), legal_basis=basis)
    for key, title, years in RULES:
        rules.objects.create(key=key, title=title, years=years, valid_from=date(2020, 3, 5), basis=_TABLE)


class Migration(migrations.Migration):

    replaces = [('workfiles', '0001_initial'), ('workfiles', '0002_figures')]

    initial = True

    dependencies = [
        ('law', '0001_initial'),
        ('orgs', '0003_tree_revision'),
        ('records', '0001_initial'),
    ]

    operations = [
        congvu.common.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Catalogue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('running', models.CharField(choices=[('list', 'Liên tục trong toàn danh mục'), ('heading', 'Bắt đầu lại ở mỗi đề mục lớn')], default='heading', max_length=8)),
                        ('state', models.CharField(choices=[('draft', 'Đang lập'), ('approved', 'Đã duyệt'), ('issued', 'Đã ban hành')], default='draft', max_length=8)),
                        ('made_by', models.CharField(max_length=200)),
                        ('made_at', models.DateTimeField()),
                        ('approved_by', models.CharField(blank=True, max_length=200)),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('decision', models.CharField(blank=True, max_length=200)),
                        ('issued_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('agency', 'year'), name='workfiles_catalogue_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Disposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=300)),
                        ('state', models.CharField(choices=[('listed', 'Hội đồng đang xét'), ('decided', 'Đã có quyết định hủy'), ('destroyed', 'Đã hủy'), ('dropped', 'Không hủy')], default='listed', max_length=10)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.CharField(max_length=200)),
                        ('authority_opinion', models.TextField(blank=True)),
                        ('decision', models.CharField(blank=True, max_length=200)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.CharField(blank=True, max_length=200)),
                        ('destroyed_at', models.DateTimeField(null=True)),
                        ('destroyed_by', models.CharField(blank=True, max_length=200)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                ),
                migrations.CreateModel(
                    name='DisposalMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('agrees', models.BooleanField(null=True)),
                        ('words', models.TextField(blank=True)),
                        ('at', models.DateTimeField(null=True)),
                        ('disposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='workfiles.disposal')),
                        ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('disposal', 'position'), name='workfiles_member_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HandOver',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('from_name', models.CharField(max_length=200)),
                        ('to_name', models.CharField(max_length=200)),
                        ('reason', models.CharField(max_length=300)),
                        ('files', models.JSONField()),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('from_position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('to_position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                    ],
                ),
                migrations.CreateModel(
                    name='Heading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=300)),
                        ('symbol', models.CharField(blank=True, max_length=12)),
                        ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='headings', to='workfiles.catalogue')),
                        ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='workfiles.heading')),
                    ],
                ),
                migrations.CreateModel(
                    name='Line',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=500)),
                        ('years', models.PositiveSmallIntegerField(null=True)),
                        ('rule', models.CharField(blank=True, max_length=40)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='workfiles.catalogue')),
                        ('heading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='workfiles.heading')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['catalogue', 'number'], name='workfiles_line_number')],
                    },
                ),
                migrations.CreateModel(
                    name='RetentionRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=40)),
                        ('title', models.CharField(max_length=300)),
                        ('years', models.PositiveSmallIntegerField(null=True)),
                        ('valid_from', models.DateField()),
                        ('basis', models.CharField(max_length=300)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'valid_from'), name='workfiles_rule_day')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkFile',
                    fields=[
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.record')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('notation', models.CharField(max_length=20)),
                        ('years', models.PositiveSmallIntegerField(null=True)),
                        ('rule', models.CharField(blank=True, max_length=40)),
                        ('rights', models.CharField(default='01', max_length=30)),
                        ('language', models.CharField(default='Tiếng Việt', max_length=50)),
                        ('keyword', models.CharField(blank=True, max_length=200)),
                        ('description', models.CharField(blank=True, max_length=500)),
                        ('paper', models.BooleanField(default=False)),
                        ('maker_name', models.CharField(max_length=200)),
                        ('started_on', models.DateField()),
                        ('ended_on', models.DateField(null=True)),
                        ('online', models.BooleanField(null=True)),
                        ('submit_by', models.DateField(null=True)),
                        ('noticed_at', models.DateTimeField(null=True)),
                        ('archived_at', models.DateTimeField(null=True)),
                        ('destroy_after', models.DateField(null=True)),
                        ('frozen_at', models.DateTimeField(null=True)),
                        ('frozen_reason', models.CharField(blank=True, max_length=500)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workfiles.line')),
                        ('maker_position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('maker_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['agency', 'year', 'notation'], name='workfiles_file_year'), models.Index(fields=['maker_position', '-record'], name='workfiles_file_maker'), models.Index(condition=models.Q(('archived_at', None), ('submit_by__isnull', False)), fields=['submit_by'], name='workfiles_file_due'), models.Index(condition=models.Q(('destroy_after__isnull', False)), fields=['destroy_after'], name='workfiles_file_expiry')],
                        'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'notation'), name='workfiles_file_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Submission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('package', models.UUIDField()),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('sha256', models.CharField(max_length=64)),
                        ('size', models.PositiveBigIntegerField()),
                        ('answer', models.CharField(blank=True, choices=[('', 'Chờ tiếp nhận'), ('accepted', 'Đồng ý'), ('returned', 'Trả lại')], default='', max_length=8)),
                        ('answer_by', models.DateField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.CharField(blank=True, max_length=200)),
                        ('reason', models.TextField(blank=True)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='workfiles.workfile')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('file',), name='workfiles_submission_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ordinal', models.PositiveIntegerField()),
                        ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                        ('described', models.JSONField()),
                        ('issued_on', models.DateField(null=True)),
                        ('added_at', models.DateTimeField()),
                        ('added_by', models.CharField(max_length=200)),
                        ('removed_at', models.DateTimeField(null=True)),
                        ('removed_reason', models.CharField(blank=True, max_length=300)),
                        ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='workfiles.workfile')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['document'], name='workfiles_entry_document')],
                        'constraints': [models.UniqueConstraint(fields=('file', 'ordinal'), name='workfiles_entry_ordinal'), models.UniqueConstraint(condition=models.Q(('document__isnull', False), ('removed_at', None)), fields=('file', 'document'), name='workfiles_entry_once')],
                    },
                ),
                migrations.CreateModel(
                    name='DisposalItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('trace', models.JSONField()),
                        ('disposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='workfiles.disposal')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workfiles.workfile')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('disposal', 'file'), name='workfiles_disposal_item_once')],
                    },
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
