"""The same on the SQLite of the Python client."""

import sys

from ionloop import Spool

spool = Spool(sys.argv[1])
number = int(sys.argv[2])
words = '{"words": "' + "x" * 2000 + '"}'
while True:
    print(f"begun {number}", flush=True)
    with spool._transaction() as db:
        db.execute("INSERT INTO result VALUES (?, ?, 1, ?)", (str(number), str(number), words))
    print(f"kept {number}", flush=True)
    kept = spool.results()
    if len(kept) >= 4:
        print(f"going {kept[0].key}", flush=True)
        spool.acknowledge(kept[0])
        print(f"gone {kept[0].key}", flush=True)
    number += 1
