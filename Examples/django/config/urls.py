from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from members import views

urlpatterns = [
    path("", views.page, name="page"),
    path("login", LoginView.as_view(template_name="members/login.html"), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("health", views.health, name="health"),
]
