"""The migrations of this room up to 0003_held_signatures in one: a new database makes each table once; an older one has them already."""

from datetime import date
from typing import Any

import congvu.common.ids
import congvu.common.tables
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


BEGINS = date(2024, 8, 15)
FIGURES = (
    ("certificate_warn_days", "90,60,30", "Quy ước của hệ thống"),
    ("certificate_device_return_days", "5", "Nghị định 68/2024/NĐ-CP, Điều 20 (chưa đối chiếu số điều)"),
    ("certificate_new_years", "5", "Nghị định 68/2024/NĐ-CP, Điều 9"),
    ("certificate_renewed_years", "3", "Nghị định 68/2024/NĐ-CP, Điều 9"),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figure = apps.get_model("law", "Figure")
    for key, value, basis in FIGURES:
        figure.objects.create(key=key, value=value, valid_from=BEGINS, legal_basis=basis)


class Migration(migrations.Migration):

    replaces = [('signing', '0001_initial'), ('signing', '0002_figures'), ('signing', '0003_held_signatures')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('law', '0001_initial'),
        ('orgs', '0003_tree_revision'),
        ('records', '0001_initial'),
    ]

    operations = [
        congvu.common.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='EvidencePart',
                    fields=[
                        ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('certificate', 'Certificate'), ('ocsp', 'Ocsp'), ('crl', 'Crl')], max_length=12)),
                        ('content', models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Certificate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('holder_kind', models.CharField(choices=[('person', 'Cá nhân'), ('organisation', 'Cơ quan, tổ chức'), ('device', 'Thiết bị, dịch vụ, phần mềm')], max_length=12)),
                        ('name', models.CharField(max_length=200)),
                        ('subject', models.CharField(max_length=500)),
                        ('issuer', models.CharField(max_length=500)),
                        ('serial', models.CharField(max_length=80)),
                        ('fingerprint', models.CharField(max_length=64, unique=True)),
                        ('content', models.BinaryField()),
                        ('valid_from', models.DateTimeField()),
                        ('valid_to', models.DateTimeField()),
                        ('provider', models.CharField(choices=[('pkcs12', 'Tệp PKCS#12 (chỉ để thử nghiệm)'), ('pkcs11', 'Thiết bị USB token, HSM'), ('remote', 'Ký số từ xa'), ('helper', 'Công cụ ký số trên máy người ký')], max_length=8)),
                        ('provider_ref', models.CharField(blank=True, max_length=300)),
                        ('state', models.CharField(choices=[('active', 'Đang dùng'), ('suspended', 'Tạm dừng'), ('revoked', 'Đã thu hồi'), ('replaced', 'Đã thay bằng chứng thư gia hạn')], default='active', max_length=12)),
                        ('state_at', models.DateTimeField()),
                        ('state_reason', models.CharField(blank=True, max_length=500)),
                        ('device', models.CharField(choices=[('none', 'Không có thiết bị'), ('held', 'Người dùng đang giữ'), ('due', 'Phải nộp lại'), ('returned', 'Đã nộp lại'), ('lost', 'Đã mất')], default='none', max_length=12)),
                        ('device_serial', models.CharField(blank=True, max_length=80)),
                        ('device_due', models.DateField(null=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('custodian', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='signing.certificate')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'holder_kind', 'state'], name='signing_certificate_unit'), models.Index(condition=models.Q(('user__isnull', False)), fields=['user'], name='signing_certificate_user'), models.Index(condition=models.Q(('state', 'active')), fields=['valid_to'], name='signing_certificate_ends')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('holder_kind', 'person'), _negated=True), ('user__isnull', False), _connector='OR'), name='signing_certificate_of_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='Batch',
                    fields=[
                        ('id', models.UUIDField(default=congvu.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=16)),
                        ('by', models.CharField(max_length=200)),
                        ('opened_at', models.DateTimeField()),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signing.certificate')),
                        ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['user', '-opened_at'], name='signing_batch_of')],
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file_sha256', models.CharField(max_length=64)),
                        ('cms_sha256', models.CharField(max_length=64)),
                        ('field', models.CharField(max_length=120)),
                        ('standing', models.CharField(max_length=16)),
                        ('at', models.DateTimeField()),
                        ('report', models.JSONField()),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['cms_sha256', 'at'], name='signing_evidence_cms'), models.Index(fields=['file_sha256'], name='signing_evidence_file'), models.Index(condition=models.Q(('record__isnull', False)), fields=['record'], name='signing_evidence_record')],
                    },
                ),
                migrations.CreateModel(
                    name='Paper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('form', models.CharField(choices=[('01', 'Mẫu 01: cấp mới cho cá nhân'), ('02', 'Mẫu 02: cấp mới cho cơ quan, tổ chức'), ('03', 'Mẫu 03: cấp mới cho thiết bị, dịch vụ, phần mềm'), ('04', 'Mẫu 04: gia hạn, thay đổi thông tin'), ('05', 'Mẫu 05: thu hồi'), ('06', 'Mẫu 06: khôi phục thiết bị'), ('07', 'Mẫu 07: bàn giao thiết bị'), ('08', 'Mẫu 08: nộp lại thiết bị'), ('09', 'Mẫu 09: mất thiết bị')], max_length=2)),
                        ('state', models.CharField(choices=[('asked', 'Asked'), ('done', 'Done'), ('declined', 'Declined')], default='asked', max_length=8)),
                        ('holder_kind', models.CharField(choices=[('person', 'Cá nhân'), ('organisation', 'Cơ quan, tổ chức'), ('device', 'Thiết bị, dịch vụ, phần mềm')], max_length=12)),
                        ('reason', models.CharField(blank=True, max_length=500)),
                        ('letter', models.CharField(blank=True, max_length=100)),
                        ('asked_by', models.CharField(max_length=200)),
                        ('asked_at', models.DateTimeField()),
                        ('closed_by', models.CharField(blank=True, max_length=200)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('outcome', models.CharField(blank=True, max_length=500)),
                        ('certificate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='signing.certificate')),
                        ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.position')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'state', '-asked_at'], name='signing_paper_unit')],
                    },
                ),
                migrations.CreateModel(
                    name='TrustRoot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('chain', models.CharField(choices=[('public_duty', 'Chuyên dùng công vụ'), ('public', 'Công cộng')], max_length=12)),
                        ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sign', 'Ký văn bản'), ('timestamp', 'Cấp dấu thời gian')], max_length=12), size=None)),
                        ('anchor', models.BooleanField(default=True)),
                        ('certificate', models.BinaryField()),
                        ('fingerprint', models.CharField(max_length=64)),
                        ('subject', models.CharField(max_length=500)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(null=True)),
                        ('legal_basis', models.CharField(blank=True, max_length=300)),
                        ('added_by', models.CharField(max_length=200)),
                        ('added_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_by', models.CharField(blank=True, max_length=200)),
                        ('withdrawn_reason', models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('fingerprint',), name='signing_root_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='signing_root_dates')],
                    },
                ),
                migrations.CreateModel(
                    name='BatchItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('file', models.UUIDField()),
                        ('field', models.CharField(max_length=60)),
                        ('sha256', models.CharField(max_length=64)),
                        ('more', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('waiting', 'Chờ ký'), ('unread', 'Chưa đọc'), ('changed', 'Đã thay đổi sau khi trình'), ('held', 'Đã ký, đang hoàn tất'), ('signed', 'Đã ký, hợp lệ'), ('failed', 'Không ký được')], default='waiting', max_length=8)),
                        ('reason', models.CharField(blank=True, max_length=500)),
                        ('result', models.CharField(blank=True, max_length=64)),
                        ('at', models.DateTimeField(null=True)),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='signing.batch')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('batch', 'file', 'field'), name='signing_item_once'), models.UniqueConstraint(condition=models.Q(('state', 'signed')), fields=('file', 'field'), name='signing_item_signed_once')],
                        'indexes': [models.Index(condition=models.Q(('state', 'held')), fields=['batch'], name='signing_item_held')],
                    },
                ),
                migrations.CreateModel(
                    name='HeldSignature',
                    fields=[
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='held', serialize=False, to='signing.batchitem')),
                        ('pdf', models.BinaryField()),
                        ('attributes', models.BinaryField()),
                        ('start', models.PositiveIntegerField()),
                        ('end', models.PositiveIntegerField()),
                        ('chain', django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None)),
                        ('signature', models.BinaryField()),
                    ],
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
