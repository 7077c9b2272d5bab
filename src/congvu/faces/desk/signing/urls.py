"""Documents that wait for a signature: reading them one after the other, signing them with one authentication."""

from django.urls import path

from congvu.faces.desk.signing import acts, local, pictures, views

prefix = "lam-viec/cho-ky/"
urlpatterns = [
    path("", views.listing, name="desk_signing"),
    path("ky", acts.sign, name="desk_signing_sign"),
    path("anh", pictures.pictures, name="desk_signing_pictures"),
    path("anh/<slug:which>.png", pictures.picture, name="desk_signing_picture"),
    path("luot/<uuid:batch_id>", views.batch, name="desk_signing_batch"),
    path("luot/<uuid:batch_id>/tien-do", views.progress, name="desk_signing_progress"),
    path("luot/<uuid:batch_id>/tiep", acts.go_on, name="desk_signing_go_on"),
    path("luot/<uuid:batch_id>/may-ky", local.local, name="desk_signing_local"),
    path("luot/<uuid:batch_id>/may-ky/<int:item_id>/viec", local.task, name="desk_signing_local_task"),
    path("luot/<uuid:batch_id>/may-ky/<int:item_id>/xong", local.done, name="desk_signing_local_done"),
    path("may-ky/<str:ticket>/van-ban.pdf", local.file, name="desk_signing_local_file"),
    path("<uuid:dossier_id>/ket-qua-<int:n>.pdf", views.result, name="desk_signing_result"),
    path("<uuid:document_id>/xem", acts.read, name="desk_signing_read"),
    path("<uuid:document_id>/tra-lai", acts.send_back, name="desk_signing_return"),
]
_OWN = "signing: batches of the acting person alone"
ACCESS = {
    "desk_signing": ("staff", "workflow.held: steps that wait for the acting post"),
    "desk_signing_sign": ("staff", "signing.may_open_batch: the own certificate; workflow.item of each document"),
    "desk_signing_pictures": ("staff", "documents.may_keep_picture: the own one; the agency's for its registrar"),
    "desk_signing_picture": ("staff", "the own picture; the agency's for its registrar"),
    "desk_signing_batch": ("staff", _OWN),
    "desk_signing_progress": ("staff", _OWN),
    "desk_signing_go_on": ("staff", _OWN),
    "desk_signing_local": ("staff", _OWN),
    "desk_signing_local_task": ("staff", _OWN),
    "desk_signing_local_done": ("staff", "signing.may_sign_item: who opened the batch, with the own certificate"),
    "desk_signing_local_file": ("machine", "signing: the ticket of one task, ten minutes"),
    "desk_signing_result": ("staff", "records.visible_to of the dossier"),
    "desk_signing_read": ("staff", "documents.may_read_draft, dossiers.may_read: records.visible_to"),
    "desk_signing_return": ("staff", "documents.may_work_on, dossiers.may_work_on: whom the step waits for"),
}
