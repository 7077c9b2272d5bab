"""What every document has beside its work: views, prints, readers, metadata, the work files it lies in."""

from django.urls import path

from congvu.faces.desk.papers import access, keeping

prefix = "lam-viec/van-ban/"
urlpatterns = [
    path("quyen-xem", access.waiting, name="desk_access"),
    path("quyen-xem/<int:change_id>", access.settle, name="desk_access_settle"),
    path("<uuid:document_id>/quyen-xem", access.document, name="desk_document_access"),
    path("<uuid:document_id>/in/<uuid:file_id>", keeping.printed, name="desk_document_print"),
    path("<uuid:document_id>/sieu-du-lieu", keeping.metadata, name="desk_document_metadata"),
    path("<uuid:document_id>/vao-ho-so", keeping.collect, name="desk_document_collect"),
]
ACCESS = {
    "desk_access": ("staff", "leaders see changes of their own agency; records.visible_to"),
    "desk_access_settle": ("staff", "documents.may_settle_access: leaders of the agency"),
    "desk_document_access": ("staff", "records.visible_to; documents.may_share to add a reader"),
    "desk_document_print": ("staff", "documents.may_print: staff who may read the document"),
    "desk_document_metadata": ("staff", "records.visible_to; workfiles.may_describe to add a field"),
    "desk_document_collect": ("staff", "workfiles.may_add: who keeps the file, with documents they may read"),
}
