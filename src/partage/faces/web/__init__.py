"""The office in a browser: pages in English and French, whole without JavaScript.

**How a page is added.** One small file in ``screens/``, one template, one file of words.

1. ``screens/NAME.py`` has one function per address, with a decorator that puts it in the table ``PAGES``::

       @look("/runs", verb="board")              # GET; any role with a row for the verb
       def runs(at: At) -> Response:
           return at.page("runs.html", rows=at.office.runs())

       @act("/run/{run}/depart", verb="depart")  # POST; the CSRF token has been checked before
       def depart(at: At) -> Response:
           done = at.office.depart(at.path["run"], idem=at.key())
           return at.go("/runs", done="departed", said=done)

   Each is one call of the office, or of a model in ``faces/pages`` that other faces share; no rule is
   decided here. ``verb`` is a row of the permits (``a|b``: either; "" only with a reason in
   ``table.OPEN``). Whoever has no row gets a page that says who may. A ``Refusal`` becomes a page with its
   status. Import the file in ``screens/__init__.py``.

2. ``templates/NAME.html`` extends ``base.html`` and fills ``main``. Every text is ``t("key")`` (words of
   another language inside a page bear ``lang``). Forms: ``{{ form.begin("/run/…/depart") }}`` writes the
   tag, the CSRF token and a fresh idempotency key; end it with ``</form>``. Numbers go through ``n``,
   days and instants through ``day`` and ``moment``, ids of sites through ``site``. Use the macros of
   ``parts.html`` (fields, tables, findings, states) before writing new ones.

3. ``words/NAME.toml``: a table per prefix, each key a pair ``["English", "français"]``; ``one|many`` where
   a number ``{n}`` decides. Nonbreaking spaces before ``: ; ? !`` and inside ``« »`` are put in on load.

4. A queue in the left navigation is a row of ``nav.QUEUES``: its address, its words, its verb, its count.

The tests find the page in the table by themselves: it must answer in both languages, have every word in
both, a permit, one ``h1``, and pass axe (``tests/web``, ``tests/browser``). No inline script or style:
the policy of ``door.py`` forbids them. What the permits refuse is left out of a page, with the reason.
"""
