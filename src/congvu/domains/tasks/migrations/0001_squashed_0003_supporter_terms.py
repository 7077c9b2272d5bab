"""The migrations of this room up to 0003_supporter_terms in one: a new database makes each table once; an older one has them already."""

from datetime import date
from typing import Any

import congvu.common.tables
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


SHIPPED = (
    ("task_remind_before", "2wd", "Quy ước của hệ thống; cơ quan tự đặt trong quy chế làm việc"),
    ("task_escalate_after", "3wd", "Quy ước của hệ thống; cơ quan tự đặt trong quy chế làm việc"),
    ("task_judge_within", "2wd", "Quy ước của hệ thống; cơ quan tự đặt trong quy chế làm việc"),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figures = apps.get_model("law", "Figure")
    for key, value, basis in SHIPPED:
        figures.objects.create(key=key, value=value, valid_from=date(2020, 3, 5), legal_basis=basis)


class Migration(migrations.Migration):

    replaces = [('tasks', '0001_initial'), ('tasks', '0002_figures'), ('tasks', '0003_supporter_terms')]

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
                    name='Task',
                    fields=[
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.record')),
                        ('task_code', models.CharField(blank=True, max_length=100)),
                        ('content', models.TextField(blank=True)),
                        ('output', models.CharField(max_length=500)),
                        ('assigner_name', models.CharField(max_length=200)),
                        ('owner_name', models.CharField(max_length=200)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('no_term', models.BooleanField(default=False)),
                        ('percent', models.PositiveSmallIntegerField(default=0)),
                        ('given_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('notice_at', models.DateTimeField(null=True)),
                        ('notice_level', models.PositiveSmallIntegerField(default=0)),
                        ('assigner_position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('assigner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('owner_position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('owner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tasks.task')),
                        ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                        ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['owner_position', 'due_at'], name='tasks_owner_open'), models.Index(condition=models.Q(('ended_at', None)), fields=['assigner_position', 'due_at'], name='tasks_given_open'), models.Index(fields=['owner_position', '-ended_at'], name='tasks_owner_ended'), models.Index(fields=['assigner_position', '-ended_at'], name='tasks_given_ended'), models.Index(fields=['owner_unit', '-given_at'], name='tasks_unit'), models.Index(condition=models.Q(('source__isnull', False)), fields=['source'], name='tasks_source'), models.Index(condition=models.Q(('notice_at__isnull', False)), fields=['notice_at'], name='tasks_notice')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('no_term', True)), models.Q(('due_at__isnull', False), ('no_term', False)), _connector='OR'), name='tasks_term_or_none'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='tasks_percent')],
                    },
                ),
                migrations.CreateModel(
                    name='Support',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('part', models.CharField(choices=[('support', 'Phối hợp'), ('watch', 'Theo dõi')], max_length=8)),
                        ('name', models.CharField(max_length=200)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='tasks.task')),
                        ('due_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['position', 'task'], name='tasks_support_post')],
                        'constraints': [models.UniqueConstraint(fields=('task', 'position'), name='tasks_support_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Extension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asked_at', models.DateTimeField()),
                        ('asked_by', models.CharField(max_length=200)),
                        ('reason', models.TextField()),
                        ('old_due', models.DateTimeField()),
                        ('wanted', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.CharField(blank=True, max_length=200)),
                        ('granted', models.BooleanField(null=True)),
                        ('new_due', models.DateTimeField(null=True)),
                        ('answer', models.TextField(blank=True)),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='tasks.task')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('task',), name='tasks_extension_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('given', 'Giao nhiệm vụ'), ('amended', 'Sửa nhiệm vụ'), ('started', 'Bắt đầu thực hiện'), ('progress', 'Báo cáo tiến độ'), ('support', 'Ý kiến phối hợp'), ('supported', 'Xong phần phối hợp'), ('comment', 'Trao đổi'), ('handed_on', 'Phân công trong đơn vị'), ('returned', 'Trả lại nhiệm vụ'), ('given_again', 'Giao lại nhiệm vụ'), ('asked', 'Xin gia hạn'), ('granted', 'Đồng ý gia hạn'), ('denied', 'Không đồng ý gia hạn'), ('finished', 'Báo cáo hoàn thành'), ('accepted', 'Đánh giá: đạt'), ('redo', 'Đánh giá: không đạt, làm lại'), ('failed', 'Đánh giá: không đạt'), ('cancelled', 'Hủy nhiệm vụ')], max_length=12)),
                        ('text', models.TextField(blank=True)),
                        ('percent', models.PositiveSmallIntegerField(null=True)),
                        ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('post', models.CharField(blank=True, max_length=200)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='tasks.task')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['task', 'at'], name='tasks_entry_thread')],
                    },
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
