from django.urls import path

from congvu.ground.ui import views

prefix = ""
urlpatterns = [
    path("tro-nang/chon", views.choose, name="reader-choose"),
    path("gallery", views.show_gallery, name="gallery"),
    path("gallery/desk", views.show_gallery_desk, name="gallery-desk"),
]
ACCESS = {
    "reader-choose": ("public", "sets the reader's own cookie"),
    "gallery": ("public", "components with invented text; 404 outside debug and demo"),
    "gallery-desk": ("public", "components with invented text; 404 outside debug and demo"),
}
