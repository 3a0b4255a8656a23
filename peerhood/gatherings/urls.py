"""Each path names a noun, and what is posted to it is an act."""

from django.urls import path

from peerhood.gatherings import co_hosting as co_hostings
from peerhood.gatherings import door as doors
from peerhood.gatherings import polling as polls
from peerhood.gatherings import rsvp
from peerhood.gatherings.views import (
    answering,
    calendars,
    co_hosting,
    door,
    editing,
    greeting,
    organising,
    polling,
    reading,
)

app_name = "gatherings"
urlpatterns = [
    path("", reading.list_gatherings, name="list"),
    path("feed.ics", calendars.feed, name="feed"),
    path("feed/<slug:slug>.ics", calendars.feed_of_circle, name="feed_of_circle"),
    path("mine/<slug:token>.ics", calendars.own_feed, name="own_feed"),
    path("new/<slug:slug>/", organising.new, name="new"),
    path("new/<slug:slug>/<slug:template>/", organising.new_series, name="new_series"),
    path("polls/new/<int:series_pk>/", polling.new, name="new_poll"),
    path("polls/<int:pk>/", polling.show, name="poll"),
    path("polls/<int:pk>/answers/", polling.answer, name="answer_poll"),
    path("polls/<int:pk>/dates/<int:slot_pk>/", polling.choose, name="choose_date"),
    path("polls/<int:pk>/close/", polling.end, {"act": polls.close}, name="close_poll"),
    path("polls/<int:pk>/reopen/", polling.end, {"act": polls.reopen}, name="reopen_poll"),
    path("together/<int:pk>/", co_hosting.show, name="co_hosting"),
    path("together/<int:pk>/agreement/", co_hosting.answer, {"act": co_hostings.agree}, name="agree"),
    path("together/<int:pk>/refusal/", co_hosting.answer, {"act": co_hostings.decline}, name="decline"),
    path("together/<int:pk>/end/", co_hosting.answer, {"act": co_hostings.withdraw}, name="part"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/calendar.ics", calendars.calendar, name="calendar"),
    path("<int:pk>/guests/", reading.guests, name="guests"),
    path("<int:pk>/rsvp/", answering.answer, {"act": rsvp.attend}, name="attend"),
    path("<int:pk>/rsvp/withdraw/", answering.answer, {"act": rsvp.withdraw}, name="withdraw"),
    path("<int:pk>/place/", answering.place, name="place"),
    path("<int:pk>/placed/", answering.placed, name="placed"),
    path("<int:pk>/door/", door.show, name="door"),
    path("<int:pk>/door/walk-in/", door.walk_in, name="walk_in"),
    path("<int:pk>/door/<int:rsvp_pk>/", door.mark, {"act": doors.check_in}, name="check_in"),
    path("<int:pk>/door/<int:rsvp_pk>/undo/", door.mark, {"act": doors.undo}, name="undo_check_in"),
    path("<int:pk>/newcomers/", greeting.newcomers, name="newcomers"),
    path("<int:pk>/newcomers/<int:rsvp_pk>/", greeting.choose, name="choose_greeter"),
    path("<int:pk>/together/", co_hosting.together, name="together"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/publication/", organising.publication, name="publication"),
    path("<int:pk>/cancellation/", organising.cancellation, name="cancellation"),
    path("<int:pk>/capacity/", organising.capacity, name="capacity"),
]
