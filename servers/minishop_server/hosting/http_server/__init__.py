"""The server that stands in front of the services: HTTP/1.1 by uvicorn, with bounds on what strangers may take."""
