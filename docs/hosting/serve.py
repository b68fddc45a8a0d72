"""serve.py [SITE] [PORT]: shows a folder of stories at 127.0.0.1. Nobody else can reach it; Ctrl-C ends it."""
import functools
import http.server
import os
import sys

SITE = sys.argv[1] if len(sys.argv) > 1 else "site"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json",
    }

    def translate_path(self, path):
        """`/story/x` is `story/x.html`."""
        file = super().translate_path(path).rstrip(os.sep)
        return file + ".html" if not os.path.isfile(file) and os.path.isfile(file + ".html") else super().translate_path(path)

    def send_error(self, code, message=None, explain=None):
        """The site's own page where nothing lives."""
        page = os.path.join(self.directory, "404.html")
        if code != 404 or not os.path.isfile(page):
            return super().send_error(code, message, explain)
        with open(page, "rb") as file:
            body = file.read()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


if not os.path.isfile(os.path.join(SITE, "index.html")):
    sys.exit(f"{SITE} holds no index.html; name the folder that `story-home build` has made")
print(f"http://127.0.0.1:{PORT}/ shows {SITE}; Ctrl-C ends it")
http.server.ThreadingHTTPServer(("127.0.0.1", PORT), functools.partial(Handler, directory=SITE)).serve_forever()
