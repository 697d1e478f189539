"""Signing in and out. Wrong passwords are counted by django-axes, which locks a name for a while."""

from django.contrib.auth.views import LoginView, LogoutView

from changeboard.people.gate import open_door


class SignIn(LoginView):
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 400
        return response


sign_in = open_door(SignIn.as_view())
sign_out = open_door(LogoutView.as_view())
