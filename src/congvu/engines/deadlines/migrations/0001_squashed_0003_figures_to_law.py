"""The migrations of this room up to 0003_figures_to_law in one: a new database makes each table once; an older one has them already."""

from datetime import date
from typing import Any

import congvu.common.tables
import django.db.models.deletion
from django.db import migrations, models


# Unverified against NĐ 118/2025/NĐ-CP until somebody confirms them.
BASIS = "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9 (chưa đối chiếu với Nghị định 118/2025/NĐ-CP)"
CONVENTION = "Quy ước hiển thị của hệ thống"
BEGINS = date(2018, 6, 21)
FIGURES = (
    ("extension_lead_days", "1", BASIS),
    ("extension_most", "1", BASIS),
    ("chip_soon_share", "20", CONVENTION),
    ("chip_soon_days", "1", CONVENTION),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figure = apps.get_model("law", "Figure")
    for key, value, basis in FIGURES:
        figure.objects.create(key=key, value=value, valid_from=BEGINS, legal_basis=basis)


class Migration(migrations.Migration):

    replaces = [('deadlines', '0001_initial'), ('deadlines', '0002_figures'), ('deadlines', '0003_figures_to_law')]

    initial = True

    dependencies = [
        ('law', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        congvu.common.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Clock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('legal', 'Thời hạn giải quyết'), ('index', 'Thời hạn theo Bộ chỉ số 766')], max_length=5)),
                        ('rule', models.CharField(choices=[('restart', 'Tính lại từ đầu'), ('subtract', 'Trừ thời gian chờ')], max_length=8)),
                        ('calendar', models.CharField(max_length=32)),
                        ('start', models.DateTimeField()),
                        ('budget', models.CharField(max_length=12)),
                        ('until', models.CharField(default='quarter', max_length=8)),
                        ('outside', models.CharField(default='day', max_length=8)),
                        ('basis', models.CharField(blank=True, max_length=300)),
                        ('state', models.CharField(choices=[('running', 'Đang tính'), ('paused', 'Đang dừng'), ('stopped', 'Đã kết thúc')], default='running', max_length=8)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('stopped_at', models.DateTimeField(null=True)),
                        ('outcome', models.CharField(blank=True, max_length=24)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'running')), fields=['calendar', 'due_at'], name='deadlines_clock_running')],
                        'constraints': [models.UniqueConstraint(fields=('record', 'kind'), name='deadlines_clock_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Extension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('old_due', models.DateTimeField()),
                        ('new_due', models.DateTimeField()),
                        ('reason', models.CharField(max_length=500)),
                        ('by', models.CharField(blank=True, max_length=200)),
                        ('clock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='deadlines.clock')),
                    ],
                ),
                migrations.CreateModel(
                    name='Interval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(choices=[('supplement', 'Chờ bổ sung'), ('financial', 'Thực hiện nghĩa vụ tài chính'), ('other', 'Tạm dừng')], max_length=10)),
                        ('effect', models.CharField(choices=[('restart', 'Tính lại từ đầu'), ('subtract', 'Trừ thời gian chờ')], max_length=8)),
                        ('since', models.DateTimeField()),
                        ('until', models.DateTimeField(null=True)),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('basis', models.CharField(blank=True, max_length=300)),
                        ('by', models.CharField(blank=True, max_length=200)),
                        ('cancelled_at', models.DateTimeField(null=True)),
                        ('cancel_reason', models.CharField(blank=True, max_length=500)),
                        ('cancelled_by', models.CharField(blank=True, max_length=200)),
                        ('clock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intervals', to='deadlines.clock')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='deadlines_interval_order'), models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('until__isnull', True)), fields=('clock',), name='deadlines_interval_one_open')],
                    },
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
