"""The page at ``/``: what this is, in both languages, and where the contract stands."""

from __future__ import annotations

import base64
from hashlib import sha256

from fastapi import Response

STYLE = (
    "body{font:1.125rem/1.6 'Noto Sans',sans-serif;max-width:65ch;margin:2rem auto;padding:0 1rem;"
    "color:#333;background:#fff}h1{border-bottom:.4rem solid #26374a}a{color:#284162}"
)
PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Partage</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>Partage</h1>
<section>
<p>An office that decides with people, and explains to them, where arriving asylum seekers go: which
province, which city, which roof. The engine proposes; people decide.</p>
<p>This server speaks to programmes. What it can do, and how it answers, stands in
<a href="/openapi.json">its contract (OpenAPI 3.1)</a>. Whoever works here gets an access from the
administrator; without one, nothing else on this server can be seen.</p>
</section>
<section lang="fr">
<p>Un bureau qui décide avec les gens, et leur explique, où vont les demandeurs d’asile qui arrivent :
quelle province, quelle ville, quel toit. Le moteur propose ; ce sont des personnes qui décident.</p>
<p>Ce serveur s’adresse à des programmes. Ce qu’il sait faire, et comment il répond, se lit dans
<a href="/openapi.json" hreflang="en">son contrat (OpenAPI 3.1, en anglais)</a>. Qui travaille ici
reçoit un accès de l’administrateur ; sans accès, on ne voit rien d’autre sur ce serveur.</p>
</section>
</main>
</body>
</html>
"""
_HASH = base64.b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; frame-ancestors 'none'"


def front_page() -> Response:
    """The same page for everybody: English, then French."""
    headers = {"Content-Security-Policy": POLICY, "Content-Language": "en, fr"}
    return Response(PAGE, headers=headers, media_type="text/html; charset=utf-8")
