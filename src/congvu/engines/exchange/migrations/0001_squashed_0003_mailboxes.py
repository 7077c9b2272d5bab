"""The migrations of this room up to 0003_mailboxes in one: a new database makes each table once; an older one has them already."""

import congvu.common.ids
import congvu.common.tables
import congvu.engines.exchange.types
import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


FORWARD = """
ALTER TABLE exchange_raw ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE FUNCTION exchange_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a kept message never changes'; END $$;
CREATE TRIGGER exchange_raw_kept BEFORE UPDATE OR DELETE ON exchange_raw FOR EACH ROW EXECUTE FUNCTION exchange_kept();
"""
BACKWARD = """
DROP TRIGGER exchange_raw_kept ON exchange_raw; DROP FUNCTION exchange_kept();
ALTER TABLE exchange_raw ALTER COLUMN content SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):

    replaces = [('exchange', '0001_initial'), ('exchange', '0002_kept'), ('exchange', '0003_mailboxes')]

    initial = True

    dependencies = [
        ('orgs', '0003_tree_revision'),
    ]

    operations = [
        congvu.common.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Partner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('transport', models.CharField(choices=[('hub', 'Trục liên thông văn bản quốc gia'), ('province', 'Trục của tỉnh (LGSP)'), ('folder', 'Thư mục trao đổi'), ('direct', 'Trực tiếp với hệ thống cùng loại'), ('mailbox', 'Hộp thư công vụ (IMAP)')], max_length=8)),
                        ('address', models.CharField(max_length=300)),
                        ('dialect', models.CharField(choices=[('zip', 'zip'), ('raw', 'raw')], default=congvu.engines.exchange.types.Dialect['ZIP'], max_length=3)),
                        ('document_type', models.CharField(default='1', max_length=10)),
                        ('settings', models.JSONField(default=dict)),
                        ('machine_user', models.BigIntegerField(null=True, unique=True)),
                        ('active', models.BooleanField(default=True)),
                        ('polled_at', models.DateTimeField(null=True)),
                        ('error', models.CharField(blank=True, max_length=500)),
                    ],
                ),
                migrations.CreateModel(
                    name='Raw',
                    fields=[
                        ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('size', models.PositiveIntegerField()),
                        ('content', models.BinaryField()),
                        ('at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Agency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('unit', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.partner')),
                    ],
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('outgoing', models.BooleanField()),
                        ('via', models.CharField(max_length=40)),
                        ('state', models.CharField(choices=[('waiting', 'Chờ đọc'), ('read', 'Đã đọc'), ('faulty', 'Không dùng được')], default='waiting', max_length=8)),
                        ('kind', models.CharField(blank=True, max_length=8)),
                        ('sender', models.CharField(blank=True, max_length=60)),
                        ('document_id', models.CharField(blank=True, max_length=500)),
                        ('code', models.CharField(blank=True, max_length=250)),
                        ('subject', models.TextField(blank=True)),
                        ('operation', models.CharField(blank=True, max_length=8)),
                        ('status', models.CharField(blank=True, max_length=2)),
                        ('body', models.JSONField(default=dict)),
                        ('problems', models.JSONField(default=list)),
                        ('at', models.DateTimeField()),
                        ('read_at', models.DateTimeField(null=True)),
                        ('repeats', models.PositiveIntegerField(default=0)),
                        ('repeated_at', models.DateTimeField(null=True)),
                        ('duplicate_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.message')),
                        ('raw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.raw')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['document_id', 'kind'], name='exchange_message_document'), models.Index(condition=models.Q(('operation', 'new')), fields=['code', 'sender'], name='exchange_message_code'), models.Index(condition=models.Q(('state', 'read'), _negated=True), fields=['state', 'id'], name='exchange_message_open'), models.Index(fields=['outgoing', '-id'], name='exchange_message_list')],
                        'constraints': [models.UniqueConstraint(fields=('raw', 'outgoing'), name='exchange_message_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Thread',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('document_id', models.CharField(max_length=500)),
                        ('sender', models.CharField(max_length=60)),
                        ('recipient', models.CharField(max_length=60)),
                        ('outgoing', models.BooleanField()),
                        ('state', models.CharField(blank=True, max_length=2)),
                        ('request', models.CharField(blank=True, max_length=8)),
                        ('withdrawn', models.BooleanField(default=False)),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.message')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('document_id', 'sender', 'recipient', 'outgoing'), name='exchange_thread_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StatusEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=8)),
                        ('ours', models.BooleanField()),
                        ('verdict', models.CharField(max_length=10)),
                        ('description', models.TextField(blank=True)),
                        ('staff', models.CharField(blank=True, max_length=500)),
                        ('at', models.DateTimeField()),
                        ('told_at', models.DateTimeField(null=True)),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.message')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='exchange.thread')),
                    ],
                ),
                migrations.CreateModel(
                    name='AgencyCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=35)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(null=True)),
                        ('basis', models.CharField(blank=True, max_length=300)),
                        ('verified', models.BooleanField(default=False)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='exchange.agency')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='exchange_code_dates'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[]'), function='daterange'), '&&')], name='exchange_code_one_agency_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='AgencySuccession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('basis', models.CharField(max_length=300)),
                        ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.agency')),
                        ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.agency')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor', 'on'), name='exchange_succession_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('queued', 'queued'), ('sent', 'sent'), ('failed', 'failed')], default=congvu.engines.exchange.types.DeliveryState['QUEUED'], max_length=6)),
                        ('remote_id', models.CharField(blank=True, max_length=200)),
                        ('remote_state', models.CharField(blank=True, max_length=40)),
                        ('attempts', models.PositiveIntegerField(default=0)),
                        ('next_at', models.DateTimeField(null=True)),
                        ('error', models.CharField(blank=True, max_length=500)),
                        ('created_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.message')),
                        ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.partner')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['next_at'], name='exchange_delivery_due'), models.Index(fields=['state', 'id'], name='exchange_delivery_state')],
                        'constraints': [models.UniqueConstraint(fields=('message', 'partner'), name='exchange_delivery_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='exchange_delivery_sent')],
                    },
                ),
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
