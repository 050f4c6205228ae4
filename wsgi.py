"""The WSGI entry: `gunicorn wsgi:app` or any other WSGI server."""

from portal.app import create_app

app = create_app()
