"""The books on the desk: the shelf, each register, what is written into them by hand, lists of work files."""

from django.urls import path

from congvu.faces.desk.books import entries, files, views

prefix = "lam-viec/so-van-ban/"
urlpatterns = [
    path("", views.shelves, name="desk_books"),
    path("buu-dien", entries.post, name="desk_books_post"),
    path("cho-muon", entries.lend, name="desk_books_lend"),
    path("nhan-lai/<uuid:document_id>", entries.take_back, name="desk_books_take_back"),
    path("muc-luc-ho-so", files.index, name="desk_books_files"),
    path("muc-luc-van-ban/<uuid:file_id>", files.documents, name="desk_books_file"),
    path("danh-muc-ho-so/<int:catalogue_id>", files.catalogue, name="desk_books_catalogue"),
    path("danh-muc-xet-huy/<int:disposal_id>", files.disposal, name="desk_books_disposal"),
    path("bien-ban-giao-nhan/<uuid:file_id>", files.minutes, name="desk_books_minutes"),
    path("<slug:slug>/", views.book, name="desk_books_book"),
]
_KEEPS = "documents.may_keep_books: role registrar of the issuer's agency"
_OPENS = "documents.may_open_books: roles registrar, chair, center_head; records.visible_to"
ACCESS = {
    "desk_books": ("staff", _OPENS),
    "desk_books_post": ("staff", _KEEPS),
    "desk_books_lend": ("staff", _KEEPS),
    "desk_books_take_back": ("staff", _KEEPS),
    "desk_books_files": ("staff", "records.visible_to; documents.may_export"),
    "desk_books_file": ("staff", "records.visible_to; documents.may_export"),
    "desk_books_catalogue": ("staff", "lists of the own agency; documents.may_export"),
    "desk_books_disposal": ("staff", "workfiles.disposal: the own agency, or a member; documents.may_export"),
    "desk_books_minutes": ("staff", "records.visible_to; documents.may_export"),
    "desk_books_book": ("staff", _OPENS),
}
