from datetime import date

from django.urls import include, path, register_converter
from rest_framework.routers import SimpleRouter

from changes.api.changes import ChangeViewSet
from changes.api.conditions import ConditionViewSet
from changes.api.items import ItemViewSet
from changes.views import (
    acts,
    agenda,
    arranging,
    asking,
    attaching,
    attendance,
    between,
    conditions,
    filing,
    library,
    lists,
    meeting,
    minutes,
    news,
    page,
    paragraphs,
    playbook,
    risk_questions,
    rule_sets,
    saved_views,
    slots,
    statistics,
    substitutes,
    talking,
    templates,
    ticked,
    unsaved,
    wrapping_up,
)


class Day:
    """A calendar day in a path: 2026-12-03."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(Day, "day")
app_name = "changes"

router = SimpleRouter()
router.register("changes", ChangeViewSet, basename="api")
router.register("conditions", ConditionViewSet, basename="api-conditions")
router.register("agenda-items", ItemViewSet, basename="api-items")

urlpatterns = [
    path("changes/", lists.changes_list, name="list"),
    path("changes/list.csv", lists.changes_csv, name="csv"),
    path("changes/saved-views/", saved_views.save, name="save_view"),
    path("changes/saved-views/<int:pk>/", saved_views.edit, name="edit_view"),
    path("changes/saved-views/<int:pk>/remove/", saved_views.remove, name="remove_view"),
    path("changes/ticked/", ticked.ticked_changes, name="ticked"),
    path("changes/new/", filing.new, name="new"),
    path("changes/so-far/", filing.so_far, name="so_far"),
    path("changes/unsaved/<uuid:token>/discard/", unsaved.discard, name="discard"),
    path("news/", news.news_list, name="news"),
    path("news/read/", news.read_all, name="read_all_news"),
    path("news/<int:pk>/read/", news.read_one, name="read_news"),
    path("windows/<str:reference>/changes/", page.aboard, name="aboard"),
    path("changes/<str:reference>/", page.detail, name="detail"),
    path("changes/<str:reference>/edit/", filing.edit, name="edit"),
    path("changes/<str:reference>/history/", page.history, name="history"),
    path("changes/<str:reference>/submit/", acts.submit, name="submit"),
    path("changes/<str:reference>/withdraw/", acts.withdraw, name="withdraw"),
    path("changes/<str:reference>/ride/", acts.ride, name="ride"),
    path("changes/<str:reference>/leave-window/", acts.unride, name="unride"),
    path("changes/<str:reference>/slots/", slots.slots, name="slots"),
    path("changes/<str:reference>/window-wish/", slots.window_wish, name="window_wish"),
    path("changes/<str:reference>/ask-for-window/", slots.ask_for_window, name="ask_for_window"),
    path("changes/<str:reference>/wish/", slots.wish, name="wish"),
    path("window-wishes/<int:pk>/take-back/", slots.take_back, name="take_back_wish"),
    path("window-wishes/<int:pk>/decline/", slots.decline, name="decline_wish"),
    path("changes/<str:reference>/say/", talking.say, name="say"),
    path("changes/<str:reference>/attach/", attaching.attach, name="attach"),
    path("attachments/<int:pk>/", attaching.download, name="attachment"),
    path("attachments/<int:pk>/remove/", attaching.remove, name="remove_attachment"),
    path("changes/<str:reference>/watch/", news.watch, name="watch"),
    path("changes/<str:reference>/stop-watching/", news.unwatch, name="unwatch"),
    path("changes/<str:reference>/paragraph/", paragraphs.word, name="word"),
    path("changes/<str:reference>/paragraph/sign/", paragraphs.sign, name="sign"),
    path("changes/<str:reference>/approve-emergency/", acts.approve_emergency, name="approve_emergency"),
    path("changes/<str:reference>/object/", acts.object_to_emergency, name="object_emergency"),
    path("changes/<str:reference>/playbook/", playbook.playbook, name="playbook"),
    path("changes/<str:reference>/remind/", playbook.remind, name="remind"),
    path("changes/<str:reference>/electronic-vote/", between.ask, name="ask_electronically"),
    path("changes/<str:reference>/electronic-vote/call-off/", between.call_off, name="call_off_vote"),
    path("changes/<str:reference>/communication/", playbook.agree_communication, name="communication"),
    path("changes/<str:reference>/re-test/", playbook.re_test, name="retest"),
    path("changes/<str:reference>/bring-back/", playbook.bring_back, name="bring_back"),
    path("changes/<str:reference>/review/", wrapping_up.review, name="review"),
    path("changes/<str:reference>/close/", wrapping_up.close, name="close"),
    path("changes/<str:reference>/trouble/", wrapping_up.link_trouble, name="trouble"),
    path("changes/<str:reference>/trouble/unlink/", wrapping_up.unlink_trouble, name="unlink_trouble"),
    path("changes/<str:reference>/ask/", asking.ask, name="ask"),
    path("comments/<int:pk>/edit/", talking.edit, name="edit_comment"),
    path("comments/<int:pk>/withdraw/", talking.withdraw, name="withdraw_comment"),
    path("questions/<int:pk>/answer/", asking.answer, name="answer"),
    path("questions/<int:pk>/verify/", asking.verify, name="verify"),
    path("sign-offs/<int:pk>/agree/", playbook.agree, name="agree"),
    path("sign-offs/<int:pk>/ask/", playbook.ask_first, name="ask_first"),
    path("sign-offs/<int:pk>/object/", playbook.object_to, name="object_circle"),
    path("conditions/<int:pk>/meet/", conditions.meet, name="meet"),
    path("conditions/<int:pk>/reopen/", conditions.reopen, name="reopen"),
    path("risk/questions/", risk_questions.questions, name="risk_questions"),
    path("risk/questions/new/", risk_questions.add, name="add_risk_question"),
    path("risk/questions/<int:pk>/", risk_questions.edit, name="risk_question"),
    path("risk/questions/<int:pk>/move/", risk_questions.move, name="move_risk_question"),
    path("risk/questions/<int:pk>/take-out/", risk_questions.take_out, name="take_out_risk_question"),
    path("risk/questions/<int:pk>/put-back/", risk_questions.put_back, name="put_back_risk_question"),
    path("risk/rules/", rule_sets.versions, name="rule_sets"),
    path("risk/rules/begin/", rule_sets.begin, name="begin_rule_set"),
    path("risk/rules/<int:version>/", rule_sets.rule_set, name="rule_set"),
    path("risk/rules/<int:pk>/in-force/", rule_sets.put_in_force, name="put_rule_set_in_force"),
    path("risk/rules/<int:pk>/drop/", rule_sets.drop, name="drop_rule_set"),
    path("templates/", templates.templates_list, name="templates"),
    path("templates/propose/", templates.propose, name="propose_template"),
    path("templates/<int:pk>/", templates.detail, name="template"),
    path("templates/<int:pk>/propose-again/", templates.propose_again, name="propose_template_again"),
    path("templates/<int:pk>/retire/", templates.retire, name="retire_template"),
    path("steps/", library.steps_list, name="steps"),
    path("steps/new/", library.add, name="add_step"),
    path("steps/<int:pk>/", library.edit, name="library_step"),
    path("steps/<int:pk>/take-out/", library.take_out, name="take_out_step"),
    path("steps/<int:pk>/put-back/", library.put_back, name="put_back_step"),
    path("board/", meeting.board_page, name="board"),
    path("board/substitutes/", substitutes.substitutes_list, name="substitutes"),
    path("board/substitutes/name/", substitutes.name, name="name_substitute"),
    path("board/substitutes/<int:pk>/end/", substitutes.end, name="end_substitute"),
    path("board/statistics/", statistics.statistics, name="statistics"),
    path("board/rule/", arranging.rule, name="meeting_rule"),
    path("board/<day:on>/move/", arranging.move, name="move_meeting"),
    path("board/<day:on>/cancel/", arranging.cancel, name="cancel_meeting"),
    path("board/<day:on>/hold/", arranging.hold, name="hold_meeting"),
    path("board/<day:on>/", meeting.meeting, name="meeting"),
    path("board/<day:on>/order/", agenda.order, name="order"),
    path("board/<day:on>/order/move/", agenda.move, name="move_item"),
    path("board/<day:on>/order/usual/", agenda.usual_order, name="usual_order"),
    path("board/<day:on>/pack/", agenda.pack, name="pack"),
    path("board/items/<int:pk>/read/", agenda.read, name="read_item"),
    path("board/<day:on>/live/", meeting.live, name="live"),
    path("board/<day:on>/start/", meeting.lead, {"act": "start"}, name="start_meeting"),
    path("board/<day:on>/take-over/", meeting.lead, {"act": "take_over"}, name="take_over"),
    path("board/<day:on>/end/", meeting.lead, {"act": "end"}, name="end_meeting"),
    path("board/<day:on>/minutes/approve/", minutes.approve, name="approve_minutes"),
    path("board/<day:on>/minutes.pdf", minutes.pdf, name="minutes_pdf"),
    path("board/minutes/<int:pk>/", minutes.correct, name="correct_minutes"),
    path("board/<day:on>/attend/", attendance.attend, name="attend"),
    path("board/<day:on>/excuse/", attendance.excuse, name="excuse"),
    path("board/<day:on>/come/", attendance.come, name="come"),
    path("board/<day:on>/attendance/<int:person>/", attendance.tick, name="tick_attendance"),
    path("board/items/<int:pk>/show/", meeting.show, name="show_item"),
    path("board/items/<int:pk>/open-vote/", meeting.open_vote, name="open_vote"),
    path("board/items/<int:pk>/vote/", meeting.vote, name="vote"),
    path("board/items/<int:pk>/conflict/", meeting.declare, name="declare_conflict"),
    path("board/items/<int:pk>/conflict/take-back/", meeting.take_back, name="take_back_conflict"),
    path("board/items/<int:pk>/decide/", meeting.decide, name="decide"),
    path("board/items/<int:pk>/note/", meeting.note, name="note"),
    path("api/v1/", include(router.urls)),
]
