"""The WSGI entry: `gunicorn wsgi:app` or any other WSGI server."""

from portal.core import collector

with collector.resting():
    from portal.app import create_app

    app = create_app()
