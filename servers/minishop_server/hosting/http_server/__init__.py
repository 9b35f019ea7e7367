"""The HTTP/1.1 server in front of the services: uvicorn with limits for untrusted clients."""
