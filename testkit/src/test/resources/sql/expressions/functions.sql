-- Functions of Spark's registry over columns of every type they take.
SELECT id, array_contains(a, 3), array_contains(x, 'q'), array_contains(a, id), array_position(a, 3), array_remove(a, 3), array_distinct(a), array_distinct(x), array_compact(a), array_append(a, id), array_prepend(a, id), array_insert(a, 1, id), array_insert(a, -1, id) FROM nested;
SELECT id, array_union(a, array(id)), array_intersect(a, array(1, id, NULL)), array_except(a, array(1, NULL)), arrays_overlap(a, array(id, NULL)), arrays_zip(a, x), array_join(x, ','), array_join(x, ',', 'none'), array_max(a), array_min(a), array_repeat(id, 2), array_repeat(x, 2) FROM nested;
SELECT id, flatten(array(a, array(id))), flatten(array(a, NULL)), slice(a, 1, 2), slice(a, -2, 2), sort_array(a), sort_array(a, false), sort_array(x), concat(a, array(id)), concat(x, x), reverse(a), array_size(a), size(a), sequence(1, id), sequence(id, 1) FROM nested;
SELECT id, array_distinct(ds), array_max(ds), array_min(fs), sort_array(ds), sort_array(decs), sort_array(days), sort_array(ts), array_distinct(bins), array_union(ds, ds), array_contains(ds, double('NaN')), array_position(ds, -0.0D), array_except(ss, array('b', NULL)), sort_array(aa), array_max(aa) FROM deep;
SELECT id, sequence(d, date_add(d, 2)), sequence(ts, ts + INTERVAL 2 DAYS, INTERVAL 1 DAY) FROM times WHERE id IN (1, 6, 7, 12);
SELECT id, map_keys(m), map_values(m), map_entries(m), map_contains_key(m, 'k'), m['k'], element_at(m, 'l'), try_element_at(m, 'none'), map_concat(m, map('zz', id)), map_from_entries(map_entries(m)), map_from_arrays(map_keys(m), map_values(m)), size(m), cardinality(m) FROM nested;
SELECT id, map_keys(dm), map_values(dm), map_entries(dm), map_values(m), m[''], map_filter(m, (k, v) -> v IS NOT NULL) FROM deep;
SELECT id, map(id, s), map('a', bin, 'b', NULL), str_to_map(s), str_to_map(s, ' ', '=') FROM strings WHERE id < 17 AND id NOT IN (4, 14);
SELECT id, exists(a, v -> v > 2), forall(a, v -> v > 0), aggregate(a, 0, (acc, v) -> acc + coalesce(v, 0)), aggregate(a, CAST(0 AS BIGINT), (acc, v) -> acc + v, acc -> acc * 10), reduce(a, id, (acc, v) -> acc + v), zip_with(a, x, (p, q) -> concat(p, q)), array_sort(a), array_sort(a, (l, r) -> CASE WHEN l < r THEN 1 WHEN l > r THEN -1 ELSE 0 END) FROM nested WHERE id <> 4;
SELECT id, transform_keys(m, (k, v) -> concat(k, id)), transform_values(m, (k, v) -> coalesce(v, id)), map_filter(m, (k, v) -> v > 1), map_zip_with(m, m, (k, p, q) -> p + q) FROM nested;
SELECT id, transform(aa, i -> transform(i, v -> v + id)), filter(aa, i -> exists(i, v -> v = id)), transform(ss, s -> split(s, '')), transform(ss, (s, i) -> hash(s, i)), aggregate(ss, '', (acc, s) -> concat(acc, s)) FROM deep;
SELECT id, to_json(st), to_json(a), to_json(m), to_json(named_struct('id', id, 'x', x)), from_json(to_json(st), 'a INT, b STRING'), from_json(to_json(a), 'ARRAY<BIGINT>'), schema_of_json('{"a": 1}'), json_array_length(to_json(a)), json_object_keys(to_json(m)) FROM nested;
SELECT id, to_json(st), to_json(m), to_json(named_struct('d', ds, 't', ts, 'b', bins, 'x', decs)) FROM deep WHERE id <> 1;
SELECT id, to_csv(st), from_csv(concat(id, ',', id + 1), 'a INT, b BIGINT'), from_csv(to_csv(st), 'a INT, b STRING') FROM nested;
SELECT id, to_xml(st), from_xml(concat('<p><a>', id, '</a></p>'), 'a INT'), xpath(concat('<a><b>', id, '</b><b>x</b></a>'), 'a/b/text()'), xpath_int(concat('<a>', id, '</a>'), 'a'), xpath_string(concat('<a>', id, '</a>'), 'a'), xpath_boolean(concat('<a>', id, '</a>'), 'a'), xpath_double(concat('<a>', id, '</a>'), 'a') FROM nested;
SELECT id, base64(bin), hex(bin), lpad(bin, 8, X'00'), rpad(bin, 3, X'2A'), startswith(bin, X'68'), contains(bin, X'6C'), endswith(bin, X'6F'), substring(bin, 2, 2), left(bin, 2), length(bin), concat(bin, bin), octet_length(bin), sha2(bin, 224), xxhash64(bin), bin = X'68656C6C6F', greatest(bin, X'61') FROM strings;
SELECT id, mask(s), mask(s, 'Q', 'q', 'd', 'o'), luhn_check(s), is_valid_utf8(s), make_valid_utf8(s), validate_utf8(s), try_validate_utf8(s), sentences(s), try_to_binary(s, 'hex'), try_url_decode(s) FROM strings;
SELECT id, a = a, a = array(1, 2, 3), st = st, st <=> st, a < array(2), st IN (named_struct('a', 1, 'b', 'x')), greatest(a, array(2)), least(st, st) FROM nested;
SELECT id, ds = ds, aa < array(array(1)), st = st, days = days, greatest(ds, array(double('NaN'))), bins <=> bins FROM deep;
SELECT id, window(ts, '1 hour', '30 minutes').end FROM times WHERE id IN (1, 2, 6);
SELECT window(ts, '1 day').start AS w, count(*) FROM times WHERE id IN (1, 2, 6, 7) GROUP BY window(ts, '1 day');
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT session_window(ts, '5 minutes').start AS w, count(*) FROM times GROUP BY session_window(ts, '5 minutes');
SELECT id, try_add(i, 1), try_subtract(i, 1), try_multiply(l, 2), try_divide(i, b), try_mod(i, b), bitmap_bit_position(i), bitmap_bucket_number(i), try_add(d, 1.0D) FROM numbers;
-- expect: error USER_RAISED_EXCEPTION
SELECT id, raise_error(s) FROM strings;
-- expect: error NULL_MAP_KEY
SELECT id, map(s, id) FROM strings;
-- expect: error DUPLICATED_MAP_KEY
SELECT id, map('a', s, 'a', t) FROM strings;
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT id, aes_encrypt(s, '0000111122223333') FROM strings;
SELECT id, CAST(aes_decrypt(unbase64('3lmwu+Mw0H3fi5NDvcu9lg=='), concat('1234567890abcde', substring(id, 1, 1)), 'ECB', 'PKCS') AS STRING) IS NULL FROM strings WHERE id = 0;
-- Lambdas inside lambdas: a variable of the outer one is an argument of Spark's code inside it.
SELECT id, transform(a, x -> aggregate(a, 0, (acc, v) -> acc + coalesce(v, 0) + coalesce(x, 0) + id)), transform(a, (x, i) -> array_contains(a, x + i)), filter(a, x -> exists(a, v -> v > x)), transform(a, x -> transform(a, x -> hash(x))) FROM nested;
SELECT id, aggregate(aa, 0, (acc, i) -> acc + aggregate(i, 0, (acc, v) -> acc + coalesce(v, id))), transform(ss, s -> transform(ss, t -> levenshtein(s, t))), transform_values(m, (k, v) -> transform(ds, d -> coalesce(d, v, k))) FROM deep WHERE id <> 1;
-- Interpreted expressions keep state, and several threads call them at once.
SELECT count(*), sum(aggregate(sequence(1, CAST(id % 5 AS INT)), 0L, (acc, v) -> acc + v * id)), sum(hash(transform(array(id, id + 1), v -> v * 2))), sum(size(map(id, id, -1 - id, 0))), sum(hash(from_json(concat('{"a":', id, '}'), 'a BIGINT'))) FROM range(0, 300000);
