"""Below ``/gatherings/<pk>/formats/``; the names are the room's."""

from django.urls import path

from peerhood.rooms.formats import views

urlpatterns = [
    path("", views.overview, name="formats"),
    path("<int:item_pk>/", views.show, name="format"),
    path("<int:item_pk>/adopt/", views.adopt, name="adopt_format"),
    path("<int:item_pk>/edit/", views.edit, name="edit_format"),
    path("<int:item_pk>/drop/", views.drop, name="drop_format"),
    path("<int:item_pk>/length/", views.take_length, name="format_length"),
    path("<int:item_pk>/kit/", views.kit, name="format_kit"),
    path("<int:item_pk>/shipped/<slug:key>/", views.look, name="shipped_format"),
]
