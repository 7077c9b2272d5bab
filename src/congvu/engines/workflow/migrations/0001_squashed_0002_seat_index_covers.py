"""The migrations of this room up to 0002_seat_index_covers in one: a new database makes each table once; an older one has them already."""

import congvu.common.ids
import congvu.common.tables
import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models




class Migration(migrations.Migration):

    replaces = [('workflow', '0001_initial'), ('workflow', '0002_seat_index_covers')]

    initial = True

    dependencies = [
        ('orgs', '0002_staff_rules'),
        ('records', '0001_initial'),
    ]

    operations = [
        congvu.common.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Definition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=80)),
                        ('version', models.PositiveIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('title', models.CharField(max_length=300)),
                        ('steps', models.JSONField(null=True)),
                        ('bpmn', models.TextField()),
                        ('compiled', models.JSONField(null=True)),
                        ('errors', models.JSONField(default=list)),
                        ('warnings', models.JSONField(default=list)),
                        ('runnable', models.BooleanField()),
                        ('created_at', models.DateTimeField()),
                        ('created_by', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'version'), name='workflow_definition_version'), models.CheckConstraint(condition=models.Q(('runnable', False), ('compiled__isnull', False), _connector='OR'), name='workflow_definition_runs')],
                    },
                ),
                migrations.CreateModel(
                    name='Instance',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('running', 'Đang chạy'), ('ended', 'Đã kết thúc'), ('cancelled', 'Đã dừng')], default='running', max_length=10)),
                        ('places', models.JSONField(default=dict)),
                        ('variables', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('record_kind', models.CharField(max_length=16)),
                        ('code', models.CharField(blank=True, max_length=50)),
                        ('title', models.CharField(max_length=500)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('calendar', models.CharField(max_length=32)),
                        ('started_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('outcome', models.CharField(blank=True, max_length=40)),
                        ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.definition')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['record'], name='workflow_instance_record')],
                    },
                ),
                migrations.CreateModel(
                    name='Timer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.UUIDField()),
                        ('node', models.CharField(max_length=255)),
                        ('due_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('waiting', 'Đang chờ'), ('failed', 'Không chạy được')], default='waiting', max_length=8)),
                        ('failure', models.TextField(blank=True)),
                        ('instance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workflow.instance')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='workflow_timer_due'), models.Index(fields=['token'], name='workflow_timer_token')],
                    },
                ),
                migrations.CreateModel(
                    name='Token',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('node', models.CharField(max_length=255)),
                        ('parent', models.UUIDField(null=True)),
                        ('via', models.CharField(blank=True, max_length=255)),
                        ('joining', models.BooleanField(default=False)),
                        ('entered_at', models.DateTimeField()),
                        ('instance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workflow.instance')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['instance'], name='workflow_token_instance')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkItem',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('record_kind', models.CharField(max_length=16)),
                        ('token', models.UUIDField(null=True)),
                        ('node', models.CharField(blank=True, max_length=255)),
                        ('kind', models.CharField(default='step', max_length=16)),
                        ('step_kind', models.CharField(default='other', max_length=12)),
                        ('name', models.CharField(max_length=200)),
                        ('public_name', models.CharField(blank=True, max_length=200)),
                        ('holders', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                        ('assignee_name', models.CharField(blank=True, max_length=200)),
                        ('code', models.CharField(blank=True, max_length=50)),
                        ('title', models.CharField(max_length=500)),
                        ('state', models.CharField(choices=[('open', 'Đang chờ'), ('done', 'Đã xong'), ('cancelled', 'Đã hủy')], default='open', max_length=10)),
                        ('outcome', models.CharField(blank=True, max_length=40)),
                        ('outcomes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('note', models.TextField(blank=True)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('step_due_at', models.DateTimeField(null=True)),
                        ('planned_hours', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                        ('created_at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_by', models.CharField(blank=True, max_length=200)),
                        ('done_position', models.CharField(blank=True, max_length=200)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                        ('seen_at', models.DateTimeField(null=True)),
                        ('snoozed_until', models.DateTimeField(null=True)),
                        ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('instance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workflow.instance')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['record', 'created_at'], name='workflow_item_record'), models.Index(condition=models.Q(('state', 'open')), fields=['instance'], name='workflow_item_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('pk', models.CompositePrimaryKey('item', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('key', models.CharField(max_length=64)),
                        ('due_at', models.DateTimeField()),
                        ('kind', models.CharField(max_length=16)),
                        ('hidden_until', models.DateTimeField(null=True)),
                        ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workflow.workitem')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['key', 'due_at', 'item'], include=('kind', 'hidden_until'), name='workflow_seat_inbox')],
                    },
                ),
            ],
        ),
    ]
