"""The peer of the people register: one page, by FastAPI with raw sqlite3, cryptography and Jinja2.

It runs the statements that our page runs, opens and masks the same values and renders the same bytes; `bin/bench-people`
compares the two bodies before it measures. Started by `bin/bench-people`, which tells where the city and our pages lie.
"""
import base64, hashlib, hmac, html, os, re, sqlite3, threading
from datetime import datetime, timedelta, timezone

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

FOLDER, PAGES, TODAY = os.environ["PEER_CITY"], os.environ["PEER_PAGES"], os.environ["PEER_TODAY"]


# Opening what rests sealed -----------------------------------------------------------------------------------------

def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Keys:
    """The key file and its sub-keys: the first block of HKDF-Expand for each use."""

    def __init__(self, path):
        rows = [line.split() for line in open(path, encoding="utf-8") if line.strip() and not line.startswith("#")]
        self.secrets = {name: unbase64(secret) for name, _, secret in rows}
        self.made = {}

    def derive(self, key, use, count):
        return hmac.new(self.secrets[key], use.encode() + b"\x01", hashlib.sha256).digest()[:count]

    def open(self, sealed, purpose):
        algorithm, key, rest = sealed.split(".")
        if (key, purpose) not in self.made:
            self.made[key, purpose] = (AESGCM(self.derive(key, f"encrypt:{purpose}", 32)), f"{algorithm}.{key}.{purpose}".encode(),
                                       self.derive(key, f"mark:{purpose}", 4))
        cipher, context, mark = self.made[key, purpose]
        data = unbase64(rest)
        if not hmac.compare_digest(data[:4], mark):
            raise ValueError("sealed for another purpose")
        return cipher.decrypt(data[4:16], data[16:], context).decode()

    def index(self, text, purpose):
        key = hmac.new(self.secrets["index"], f"index:{purpose}".encode() + b"\x01", hashlib.sha256).digest()[:32]
        return hmac.new(key, text.encode(), hashlib.sha256).digest()[:16].hex()


# The page ----------------------------------------------------------------------------------------------------------

ABSENT = '<span class="absent"><span aria-hidden="true">—</span><span class="unseen">无</span></span>'
ROWS = """{% for row in rows %}<tr><th scope="row" class="text"><a href="/people/persons/{{ row.id }}">{{ row.cells[0] }}</a></th>\
{% for cell in row.cells[1:] %}<td class="{{ kinds[loop.index] }}" data-label="{{ labels[loop.index] }}">\
{% if cell %}{{ cell }}{% else %}""" + ABSENT + """{% endif %}</td>{% endfor %}</tr>
{% endfor %}"""
OPTIONS = """{% for code, name in regions %}<option value="{{ code }}">{{ name }}（{{ code }}）</option>{% endfor %}"""


def template_of(page):
    """Our page with its rows, options and varying texts taken out: what stays is the frame that both send."""
    page = page.replace("{", "{{ '{' }}")
    head = re.search(r"<thead>.*?</thead>", page, re.S).group(0)
    columns = re.findall(r'<th scope="col" class="(\w+)"[^>]*>(?:<a[^>]*>)?([^<]*)', head)
    page = re.sub(r'<option value="\d+".*</option>', lambda _: OPTIONS, page)
    page = re.sub(r"(<tbody>\n).*(</tbody>)", lambda m: m.group(1) + ROWS + m.group(2), page, flags=re.S)
    page = re.sub(r'name="_csrf" value="[^"]*"', 'name="_csrf" value="{{ csrf }}"', page)
    return page, [kind for kind, _ in columns], [html.unescape(label) for _, label in columns]


def day(text):
    return f"{int(text[:4])}年{int(text[5:7])}月{int(text[8:])}日" if text else ""


SEX = {"0": "未知的性别", "1": "男", "2": "女", "9": "未说明的性别"}
COLUMNS = "id, name, sex, born_on, resident_id, region, address, died_on"
STANDING = f"""(SELECT id, name, sex, born_on, resident_id, region, living_in, address, died_on FROM person
WHERE merged_into IS NULL AND (substr(region, 1, ?) = ? OR substr(living_in, 1, ?) = ?)) AS listed"""
HIT = "(SELECT k.owner AS owner, f.rowid AS place FROM person_search AS f CROSS JOIN person_search_key AS k WHERE k.id = f.rowid AND f.person_search MATCH ?)"
BY_WORDS = f"SELECT {COLUMNS}, place FROM {HIT} AS hit CROSS JOIN {STANDING} WHERE id = hit.owner AND 1 = 1 ORDER BY place ASC LIMIT 51"
BY_NUMBER = f"""SELECT {COLUMNS} FROM {STANDING}
WHERE id IN (SELECT coalesce(merged_into, id) FROM person WHERE resident_index = ?) ORDER BY id ASC LIMIT 51"""

keys = Keys(f"{FOLDER}/keys")
environment = Environment(autoescape=True, keep_trailing_newline=True)
pages = {}
for number, line in enumerate(open(f"{PAGES}/queries", encoding="utf-8")):
    typed, words = line.rstrip("\n").split("\t")
    source, kinds, labels = template_of(open(f"{PAGES}/{number}.html", encoding="utf-8").read())
    pages[typed] = (environment.from_string(source), kinds, labels, words)

local = threading.local()
app = FastAPI()


def connection():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(f"file:{FOLDER}/minzheng.sqlite?mode=ro", uri=True, isolation_level=None)
        local.connection.execute("PRAGMA query_only = 1")
    return local.connection


def masked(number):
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def parent(code):
    return {12: code[:9], 9: code[:6]}.get(len(code))


def session(database, token):
    """Who asks, by the same joins; the account and its saved views are read as our page reads them."""
    instant = datetime.now(timezone.utc)
    now, idle = instant.strftime("%Y-%m-%dT%H:%M:%S.000Z"), (instant - timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    found = database.execute("""SELECT s.id, s.user_id, s.csrf, s.expires_at, s.used_at, s.duty, a.password_temporary, a.two_factor_due_on
FROM session AS s JOIN user_account AS u ON u.id = s.user_id LEFT JOIN account_state AS a ON a.user_id = u.id
WHERE s.token_hash = ? AND s.id IS NOT NULL AND u.disabled_on IS NULL AND s.ended_at IS NULL AND s.expires_at > ? AND s.used_at > ?""",
                             (hashlib.sha256(token.encode()).hexdigest(), now, idle)).fetchone()
    user = found and database.execute("SELECT name, role, region FROM user_account WHERE id = ?", (found[1],)).fetchone()
    if not user:
        return None
    database.execute("SELECT name, address FROM saved_view WHERE user_id = ? AND listing = ? ORDER BY name", (found[1], "/people/persons")).fetchall()
    return found[2], user[2]


@app.get("/people/persons")
def persons(request: Request, q: str):
    database, today = connection(), TODAY
    known = session(database, request.cookies.get("desk", ""))
    if not known:
        return HTMLResponse("请先登录", status_code=401)
    csrf, region = known
    template, kinds, labels, words = pages[q]
    database.execute("BEGIN")
    within = (len(region), region, len(region), region)
    found = (database.execute(BY_NUMBER, (*within, keys.index(q, "ResidentID"))) if words == "number"
             else database.execute(BY_WORDS, (words, *within))).fetchall()[:50]
    codes = sorted({row[5] for row in found})
    names = {} if not codes else dict(database.execute(f"""SELECT code, name FROM region WHERE code IN ({", ".join("?" * len(codes))}) AND from_on <= ? ORDER BY from_on""",
                                                    (*codes, today)).fetchall())
    regions = database.execute("SELECT code, name FROM region WHERE (code >= ? AND code < ?) AND (until_on IS NULL OR until_on > ?) ORDER BY code",
                               (region, region + ":", today)).fetchall()
    regions = [(code, name) for code, name in regions if code == region or parent(code) == region]
    database.execute("COMMIT")
    rows = [{"id": row[0], "cells": [row[1], SEX[row[2]], day(row[3]), masked(keys.open(row[4], "ResidentID")) if row[4] else "",
                                     names[row[5]], row[6] or "", day(row[7])]} for row in found]
    return HTMLResponse(template.render(rows=rows, regions=regions, kinds=kinds, labels=labels, csrf=csrf))


if __name__ == "__main__":
    # Somebody's ID number, to search for.
    print(keys.open(connection().execute("SELECT resident_id FROM person WHERE resident_id IS NOT NULL ORDER BY id LIMIT 1 OFFSET 1000").fetchone()[0], "ResidentID"))
