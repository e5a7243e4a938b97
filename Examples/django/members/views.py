from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render


@login_required
def page(request):
    return render(request, "members/page.html")


def health(request):
    return HttpResponse("ok\n", content_type="text/plain")
