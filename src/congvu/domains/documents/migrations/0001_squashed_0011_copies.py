"""The migrations of this room up to 0011_copies in one: a new database makes each table once; an older one has them already."""

import json
from pathlib import Path
from typing import Any
import congvu.common.ids
import congvu.common.tables
import django.db.models.deletion
from django.db import migrations, models


KINDS = Path(__file__).parent.parent / "data" / "kinds.json"
FREEZE = """
CREATE FUNCTION documents_recalled_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a recalled document is frozen'; END $$;
CREATE TRIGGER documents_outgoing_frozen BEFORE UPDATE OR DELETE ON documents_outgoing FOR EACH ROW
  WHEN (OLD.recalled_at IS NOT NULL) EXECUTE FUNCTION documents_recalled_is_frozen();
"""
THAW = "DROP TRIGGER documents_outgoing_frozen ON documents_outgoing; DROP FUNCTION documents_recalled_is_frozen();"


def load(apps: Any, _schema_editor: Any) -> None:
    kind = apps.get_model("documents", "Kind")
    kind.objects.bulk_create(kind(**row) for row in json.loads(KINDS.read_text(encoding="utf-8")))


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_kinds'), ('documents', '0003_signature_pictures'), ('documents', '0004_registers'), ('documents', '0005_readings'), ('documents', '0006_tracked_lines_and_checks'), ('documents', '0007_stated_figures'), ('documents', '0008_requests'), ('documents', '0009_access'), ('documents', '0010_saved_searches'), ('documents', '0011_copies')]

    initial = True

    dependencies = [
        ('orgs', '0003_tree_revision'),
        ('records', '0001_initial'),
    ]

    operations = [
        congvu.common.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Issuer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=40, unique=True)),
                        ('family', models.CharField(choices=[('administrative', 'Cơ quan hành chính'), ('council', 'Hội đồng nhân dân'), ('party', 'Cơ quan Đảng'), ('mass', 'Tổ chức chính trị - xã hội')], default='administrative', max_length=16)),
                        ('above', models.JSONField(default=list)),
                        ('lines', models.JSONField()),
                        ('abbreviation', models.CharField(max_length=30)),
                        ('place', models.CharField(max_length=60)),
                        ('collective', models.CharField(blank=True, max_length=200)),
                        ('series', models.CharField(choices=[('one', 'Một dãy số chung'), ('kind', 'Mỗi loại một dãy số'), ('groups', 'Theo nhóm loại văn bản')], default='kind', max_length=8)),
                        ('groups', models.JSONField(default=list)),
                        ('symbols', models.JSONField(default=dict)),
                        ('secret_placeholders', models.BooleanField(default=False)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(null=True)),
                        ('basis', models.CharField(blank=True, max_length=300)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit'], name='documents_issuer_unit')],
                    },
                ),
                migrations.CreateModel(
                    name='Incoming',
                    fields=[
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.record')),
                        ('channel', models.CharField(choices=[('exchange', 'Trục liên thông'), ('paper', 'Bản giấy'), ('mail', 'Thư điện tử công vụ'), ('hand', 'Nhập tay')], max_length=10)),
                        ('arrived_at', models.DateTimeField()),
                        ('arrival_number', models.PositiveIntegerField(null=True)),
                        ('arrival_year', models.PositiveSmallIntegerField(null=True)),
                        ('registered_at', models.DateTimeField(null=True)),
                        ('registered_by', models.CharField(blank=True, max_length=200)),
                        ('sender', models.CharField(max_length=200)),
                        ('sender_code', models.CharField(blank=True, max_length=35)),
                        ('number', models.CharField(blank=True, max_length=11)),
                        ('symbol', models.CharField(blank=True, max_length=30)),
                        ('issued_on', models.DateField(null=True)),
                        ('kind_name', models.CharField(blank=True, max_length=100)),
                        ('signer', models.CharField(blank=True, max_length=50)),
                        ('signer_position', models.CharField(blank=True, max_length=100)),
                        ('priority', models.PositiveSmallIntegerField(choices=[(0, 'Thường'), (1, 'Khẩn'), (2, 'Thượng khẩn'), (3, 'Hỏa tốc'), (4, 'Hỏa tốc hẹn giờ')], default=0)),
                        ('secrecy', models.PositiveSmallIntegerField(choices=[(0, 'Không mật'), (1, 'Mật'), (2, 'Tối mật'), (3, 'Tuyệt mật')], default=0)),
                        ('pages', models.PositiveSmallIntegerField(null=True)),
                        ('copies', models.PositiveSmallIntegerField(default=1)),
                        ('paper_follows', models.BooleanField(default=False)),
                        ('reply_by', models.DateField(null=True)),
                        ('language', models.CharField(default='Tiếng Việt', max_length=30)),
                        ('description', models.CharField(blank=True, max_length=500)),
                        ('document_id', models.CharField(blank=True, max_length=200)),
                        ('message', models.UUIDField(null=True)),
                        ('warnings', models.JSONField(default=list)),
                        ('sent_back_at', models.DateTimeField(null=True)),
                        ('sent_back_reason', models.TextField(blank=True)),
                        ('result', models.TextField(blank=True)),
                        ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer')),
                        ('checking', models.BooleanField(default=False)),
                        ('file_checks', models.JSONField(default=list)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['book', '-arrived_at', '-record'], name='documents_incoming_list'), models.Index(condition=models.Q(('document_id', ''), _negated=True), fields=['book', 'document_id'], name='documents_incoming_id'), models.Index(fields=['book', 'number', 'symbol'], name='documents_incoming_symbol'), models.Index(fields=['book', 'sender_code'], name='documents_incoming_sender')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('arrival_number__isnull', False)), fields=('book', 'arrival_year', 'arrival_number'), name='documents_arrival_number'), models.UniqueConstraint(condition=models.Q(('message__isnull', False)), fields=('book', 'message'), name='documents_message_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Kind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=16)),
                        ('family', models.CharField(choices=[('administrative', 'Cơ quan hành chính'), ('council', 'Hội đồng nhân dân'), ('party', 'Cơ quan Đảng'), ('mass', 'Tổ chức chính trị - xã hội')], max_length=16)),
                        ('nature', models.CharField(choices=[('administrative', 'Văn bản hành chính'), ('normative', 'Văn bản quy phạm pháp luật'), ('copy', 'Bản sao')], max_length=16)),
                        ('name', models.CharField(max_length=100)),
                        ('abbreviation', models.CharField(blank=True, max_length=10)),
                        ('layout', models.CharField(max_length=20)),
                        ('addressed', models.BooleanField(default=False)),
                        ('archive_code', models.CharField(max_length=2)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('basis', models.CharField(max_length=300)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key',), name='documents_kind_key')],
                    },
                ),
                migrations.CreateModel(
                    name='Link',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('relation', models.CharField(choices=[('reply', 'Trả lời'), ('replace', 'Thay thế'), ('amend', 'Sửa đổi, bổ sung'), ('correct', 'Đính chính'), ('recall', 'Thu hồi'), ('copy', 'Sao từ'), ('related', 'Liên quan')], max_length=8)),
                        ('at', models.DateTimeField()),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                        ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['target'], name='documents_link_target')],
                        'constraints': [models.UniqueConstraint(fields=('source', 'target', 'relation'), name='documents_link_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Opinion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField()),
                        ('leader', models.BooleanField(default=False)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('by_position', models.CharField(blank=True, max_length=200)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['record', 'at'], name='documents_opinion_record')],
                    },
                ),
                migrations.CreateModel(
                    name='Outgoing',
                    fields=[
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.record')),
                        ('drafter_name', models.CharField(max_length=200)),
                        ('symbol', models.CharField(max_length=30)),
                        ('number', models.PositiveIntegerField(null=True)),
                        ('number_year', models.PositiveSmallIntegerField(null=True)),
                        ('series', models.CharField(blank=True, max_length=48)),
                        ('issued_on', models.DateField(null=True)),
                        ('issued_at', models.DateTimeField(null=True)),
                        ('signer_name', models.CharField(blank=True, max_length=200)),
                        ('capacity', models.CharField(blank=True, choices=[('', 'Thủ trưởng ký trực tiếp'), ('TM.', 'Thay mặt tập thể (TM.)'), ('Q.', 'Quyền (Q.)'), ('KT.', 'Ký thay (KT.)'), ('TL.', 'Thừa lệnh (TL.)'), ('TUQ.', 'Thừa ủy quyền (TUQ.)')], default='', max_length=6)),
                        ('priority', models.PositiveSmallIntegerField(choices=[(0, 'Thường'), (1, 'Khẩn'), (2, 'Thượng khẩn'), (3, 'Hỏa tốc'), (4, 'Hỏa tốc hẹn giờ')], default=0)),
                        ('reply_by', models.DateField(null=True)),
                        ('copies', models.PositiveSmallIntegerField(default=1)),
                        ('paper', models.BooleanField(default=False)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('original', models.UUIDField(null=True)),
                        ('pages', models.PositiveSmallIntegerField(null=True)),
                        ('signed_at', models.DateTimeField(null=True)),
                        ('recalled_at', models.DateTimeField(null=True)),
                        ('recall_reason', models.TextField(blank=True)),
                        ('drafter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('drafting_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.kind')),
                        ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('document_id', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['issuer', '-issued_on', '-number'], name='documents_outgoing_book'), models.Index(condition=models.Q(('document_id', ''), _negated=True), fields=['document_id'], name='documents_outgoing_id'), models.Index(condition=models.Q(('number__isnull', False)), fields=['issuer', 'number_year', 'issued_on', 'series', 'number', 'record'], name='documents_outgoing_register')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('issuer', 'number_year', 'number', 'symbol'), name='documents_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('issued_on__isnull', True), ('number__isnull', True)), models.Q(('issued_on__isnull', False), ('number__isnull', False), ('number_year__isnull', False)), _connector='OR'), name='documents_issued_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Recipient',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('exchange', 'Trục liên thông'), ('inside', 'Trong cơ quan'), ('paper', 'Bản giấy')], max_length=10)),
                        ('name', models.CharField(max_length=200)),
                        ('code', models.CharField(blank=True, max_length=35)),
                        ('state', models.CharField(blank=True, max_length=2)),
                        ('state_at', models.DateTimeField(null=True)),
                        ('state_words', models.TextField(blank=True)),
                        ('outgoing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recipients', to='documents.outgoing')),
                        ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('outgoing', 'name', 'code'), name='documents_recipient_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('n', models.PositiveIntegerField()),
                        ('subject', models.CharField(max_length=500)),
                        ('content', models.JSONField()),
                        ('digest', models.CharField(max_length=64)),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('by_position', models.CharField(blank=True, max_length=200)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                        ('outgoing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='documents.outgoing')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('outgoing', 'n'), name='documents_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('about', models.CharField(choices=[('content', 'Nội dung'), ('layout', 'Thể thức, kỹ thuật trình bày')], max_length=8)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('by_position', models.CharField(blank=True, max_length=200)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='documents.version')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('version', 'about'), name='documents_approval_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Direction',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('role', models.CharField(choices=[('lead', 'Chủ trì'), ('support', 'Phối hợp'), ('inform', 'Để biết')], max_length=8)),
                        ('opinion', models.TextField(blank=True)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('no_deadline', models.BooleanField(default=False)),
                        ('given_at', models.DateTimeField()),
                        ('given_by', models.CharField(max_length=200)),
                        ('given_as', models.CharField(blank=True, max_length=200)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                        ('item', models.UUIDField(null=True)),
                        ('handed_on_at', models.DateTimeField(null=True)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_by', models.CharField(blank=True, max_length=200)),
                        ('result', models.TextField(blank=True)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.direction')),
                        ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('incoming', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directions', to='documents.incoming')),
                        ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['incoming'], name='documents_direction_document'), models.Index(fields=['unit', 'due_at'], name='documents_direction_unit'), models.Index(condition=models.Q(('task__isnull', False)), fields=['task'], name='documents_direction_task')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('parent__isnull', True), ('role', 'lead'), ('withdrawn_at__isnull', True)), fields=('incoming',), name='documents_direction_one_lead'), models.UniqueConstraint(condition=models.Q(('parent__isnull', False), ('role', 'lead'), ('withdrawn_at__isnull', True)), fields=('parent',), name='documents_direction_one_lead_inside'), models.CheckConstraint(condition=models.Q(('role', 'inform'), ('due_at__isnull', False), ('no_deadline', True), _connector='OR'), name='documents_direction_term'), models.CheckConstraint(condition=models.Q(('item__isnull', True), ('task__isnull', True), _connector='OR'), name='documents_direction_one_work')],
                    },
                ),
                migrations.CreateModel(
                    name='SignaturePicture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.BigIntegerField(null=True)),
                        ('content', models.BinaryField()),
                        ('width_mm', models.FloatField(default=36.0)),
                        ('at', models.DateTimeField()),
                        ('issuer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['user', '-at'], name='documents_picture_user')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('issuer__isnull', False), ('user__isnull', True)), models.Q(('issuer__isnull', True), ('user__isnull', False)), _connector='OR'), name='documents_picture_owner')],
                    },
                ),
                migrations.CreateModel(
                    name='Loan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lent_on', models.DateField()),
                        ('borrower', models.CharField(max_length=200)),
                        ('file_code', models.CharField(blank=True, max_length=50)),
                        ('allowed_by', models.CharField(max_length=200)),
                        ('returned_on', models.DateField(null=True)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('returned_to', models.CharField(blank=True, max_length=200)),
                        ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer')),
                        ('outgoing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.outgoing')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['book', 'lent_on', 'id'], name='documents_loan_book')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('returned_on__isnull', True)), fields=('outgoing',), name='documents_loan_once'), models.CheckConstraint(condition=models.Q(('returned_on__isnull', True), ('returned_on__gte', models.F('lent_on')), _connector='OR'), name='documents_loan_days')],
                    },
                ),
                migrations.CreateModel(
                    name='Posting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sent_on', models.DateField()),
                        ('to', models.CharField(max_length=200)),
                        ('envelopes', models.PositiveSmallIntegerField()),
                        ('tracking', models.CharField(blank=True, max_length=40)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer')),
                        ('outgoing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.outgoing')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['book', 'sent_on', 'id'], name='documents_posting_book'), models.Index(fields=['outgoing'], name='documents_posting_document')],
                    },
                ),
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='documents.version')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('version', 'user'), name='documents_reading_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StatedFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('key', models.CharField(max_length=24)),
                        ('value', models.DecimalField(decimal_places=2, max_digits=12)),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['issuer', 'year', 'key', '-at'], name='documents_stated_figure')],
                    },
                ),
                migrations.CreateModel(
                    name='Request',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('operation', models.CharField(choices=[('13', 'Đề nghị lấy lại'), ('recall', 'Đề nghị thu hồi'), ('update', 'Đề nghị cập nhật'), ('replace', 'Đề nghị thay thế')], max_length=8)),
                        ('about', models.CharField(max_length=200)),
                        ('reason', models.TextField(blank=True)),
                        ('asked_at', models.DateTimeField()),
                        ('asked_by', models.CharField(max_length=200)),
                        ('message', models.UUIDField(null=True)),
                        ('changes', models.JSONField(default=dict)),
                        ('files', models.JSONField(default=list)),
                        ('item', models.UUIDField(null=True)),
                        ('answer', models.CharField(blank=True, choices=[('', 'Chờ trả lời'), ('15', 'Đồng ý'), ('16', 'Từ chối')], default='', max_length=2)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.CharField(blank=True, max_length=200)),
                        ('words', models.TextField(blank=True)),
                        ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.recipient')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['record', 'asked_at'], name='documents_request_record')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('recipient__isnull', True)), fields=('record', 'message'), name='documents_request_once'), models.UniqueConstraint(condition=models.Q(('answer', ''), ('recipient__isnull', False)), fields=('recipient',), name='documents_request_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reader', models.CharField(max_length=40)),
                        ('reader_name', models.CharField(max_length=300)),
                        ('reason', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.CharField(max_length=200)),
                        ('by_position', models.CharField(blank=True, max_length=200)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('settled_by', models.CharField(blank=True, max_length=200)),
                        ('kept', models.BooleanField(null=True)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['agency', '-at'], name='documents_access_waiting'), models.Index(fields=['record'], name='documents_access_record')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kept', False), _negated=True), fields=('record', 'reader'), name='documents_access_open_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SavedSearch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80)),
                        ('query', models.CharField(max_length=2000)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='documents_search_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Copy',
                    fields=[
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.record')),
                        ('form', models.CharField(choices=[('SY', 'Sao y'), ('SL', 'Sao lục'), ('TrS', 'Trích sao')], max_length=3)),
                        ('origin', models.CharField(choices=[('paper', 'Bản giấy'), ('electronic', 'Bản điện tử')], max_length=10)),
                        ('medium', models.CharField(choices=[('paper', 'Bản giấy'), ('electronic', 'Bản điện tử')], max_length=10)),
                        ('number', models.PositiveIntegerField()),
                        ('year', models.PositiveSmallIntegerField()),
                        ('symbol', models.CharField(max_length=30)),
                        ('made_on', models.DateField()),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.CharField(max_length=200)),
                        ('signer_name', models.CharField(blank=True, max_length=200)),
                        ('recipients', models.JSONField(default=list)),
                        ('content', models.UUIDField()),
                        ('pages', models.PositiveSmallIntegerField()),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['source'], name='documents_copy_source')],
                        'constraints': [models.UniqueConstraint(fields=('issuer', 'year', 'number'), name='documents_copy_number')],
                    },
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(FREEZE, THAW),
    ]
