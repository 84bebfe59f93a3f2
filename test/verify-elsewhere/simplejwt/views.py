from rest_framework.response import Response
from rest_framework.views import APIView


class WhoAmI(APIView):
    def get(self, request):
        return Response({"user_id": request.user.id, "appid": request.auth["client_id"]})
