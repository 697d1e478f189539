from django.urls import path

from changeboard.people.views import persons, profile, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("profile/", profile.profile, name="profile"),
    path("profile/mail/", profile.mail, name="mail"),
    path("profile/password/", profile.password, name="password"),
    path("profile/keys/new/", profile.new_key, name="new_key"),
    path("profile/keys/<int:pk>/revoke/", profile.revoke_key, name="revoke_key"),
    path("people/", persons.persons, name="list"),
    path("people/new/", persons.new_person, name="new"),
    path("people/<int:pk>/", persons.person, name="person"),
    path("people/<int:pk>/active/", persons.set_active, name="set_active"),
    path("people/<int:pk>/password/", persons.give_password, name="give_password"),
]
