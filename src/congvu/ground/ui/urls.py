from django.urls import path

from congvu.ground.ui import views

prefix = ""
urlpatterns = [
    path("tro-nang/chon", views.choose, name="reader-choose"),
    path("gallery", views.show_gallery, name="gallery"),
    path("gallery/desk", views.show_gallery_desk, name="gallery-desk"),
]
ACCESS = {
    "reader-choose": ("public", "this browser's own display; no record is read or written"),
    "gallery": ("public", "demonstrations and developers' machines only; invented data"),
    "gallery-desk": ("public", "demonstrations and developers' machines only; invented data"),
}
