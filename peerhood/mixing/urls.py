from django.urls import path

from peerhood.mixing import views

app_name = "mixing"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("mix/", views.mix, name="mix"),
    path("remix/", views.remix, name="remix"),
    path("search/", views.search, name="search"),
    path("search/end/", views.end_search, name="end_search"),
    path("people/<int:person_pk>/", views.person, name="person"),
    path("rounds/<int:number>/publication/", views.publish, name="publish"),
    path("rounds/<int:number>/held/", views.hold, name="hold"),
    path("rounds/<int:number>/cards/", views.cards, name="cards"),
    path("seats/<int:seat>/pin/", views.pin, {"is_pinned": True}, name="pin"),
    path("seats/<int:seat>/pin/withdraw/", views.pin, {"is_pinned": False}, name="unpin"),
    path("seats/<int:seat>/swap/", views.swap, name="swap"),
]
