-- Spark's own code over nested and binary values: arguments and results of every kind of leaf.
SELECT id, base64(bin), unbase64(base64(bin)), hex(bin), encode(s, 'UTF-16BE'), md5(bin), crc32(bin) FROM strings;
SELECT id, bs, ls, fs, ds, decs, small, ss, bins, bools, days, ts, ntz, aa, m, dm, st FROM deep;
SELECT id, reverse(bs), reverse(ls), reverse(fs), reverse(ds), reverse(decs), reverse(small), reverse(ss), reverse(bins), reverse(bools), reverse(days), reverse(ts), reverse(ntz), reverse(aa) FROM deep;
SELECT id, hash(bs), hash(ls), hash(fs), hash(ds), hash(decs), hash(small), hash(ss), hash(bins), hash(bools), hash(days), hash(ts), hash(ntz), hash(aa), hash(st) FROM deep;
SELECT id, reverse(array(m)), reverse(array(dm)), reverse(array(st)), reverse(array(st, NULL, st)) FROM deep;
SELECT id, regexp_extract_all(s, '([a-z])'), split(s, ''), concat_ws('|', split(s, '')), size(split(s, 'l')), split(s, ' ')[0] FROM strings;
SELECT id, transform(ss, s -> regexp_replace(s, '[a-z]', '*')), filter(ss, s -> s RLIKE '^[a-z]') FROM deep;
SELECT id, transform(ss, s -> initcap(concat(s, id))), transform(ds, (d, i) -> exp(d) + i) FROM deep;
