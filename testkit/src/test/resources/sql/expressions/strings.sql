SELECT id, length(s), upper(s), lower(s), initcap(s), reverse(s), trim(s), ltrim(s), rtrim(s), trim(BOTH 'h' FROM s), char_length(s), octet_length(s), bit_length(s), ascii(s), length(bin) FROM strings;
SELECT id, substring(s, 2), substring(s, 2, 3), substring(s, 0, 2), substring(s, -3), substring(s, -3, 2), left(s, 2), right(s, 2), substr(s, 1, 0), substring(s, id) FROM strings;
SELECT id, s || t, concat(s, '-', t), concat_ws(',', s, t, 'z'), s || NULL, lpad(s, 8, '*'), rpad(s, 3, '#'), repeat(s, 2), space(3), replace(s, 'l', 'L'), replace(s, t, '_'), translate(s, 'abc', 'xyz') FROM strings;
SELECT id, s LIKE 'h%', s LIKE '%l_o', s LIKE '%\\%%', s LIKE '%\n%', s NOT LIKE '%a%', s ILIKE '%STRASSE%', s RLIKE '^[0-9]+$', s RLIKE t, contains(s, t), startswith(s, t), endswith(s, t), s LIKE ANY ('h%', '1%') FROM strings WHERE id <> 23;
SELECT id, instr(s, t), locate(t, s), locate('l', s, 4), position('e', s), split_part(s, '-', 1), substring_index(s, '-', 2), find_in_set(t, 'l,x,A'), levenshtein(s, t), soundex(s), overlay(s PLACING 'ZZ' FROM 2), format_string('%s-%d', s, id), elt(1, s, t) FROM strings WHERE t <> '';
SELECT id, regexp_replace(s, '[aeiou]', '*'), regexp_extract(s, '([0-9]+)', 1), regexp_count(s, 'l'), regexp_instr(s, 'l'), regexp_substr(s, '[a-z]+') FROM strings;
SELECT id, md5(s), sha1(s), sha2(s, 256), crc32(s), hash(s, id), xxhash64(s), base64(CAST(s AS BINARY)), hex(s), hex(id) FROM strings;
SELECT id, s = t, s < t, s > 'a', s IN ('hello', '', 'zz'), s <=> t, coalesce(s, t, 'none'), nullif(s, t), nvl(s, 'n'), nvl2(s, 1, 2), CASE s WHEN 'hello' THEN 1 WHEN '' THEN 2 END, if(s IS NULL, 'null', s), greatest(s, t), least(s, t), ifnull(t, s) FROM strings;
SELECT s, count(*), max(t), min(s) FROM strings GROUP BY s ORDER BY s;
SELECT id, s FROM strings ORDER BY s DESC NULLS LAST, id;
SELECT id, get_json_object(concat('{"a":"', id, '"}'), '$.a'), url_encode(s), decode(CAST(s AS BINARY), 'UTF-8') FROM strings;
SELECT base64(bin) FROM strings;
SELECT id, lower(upper(s)), upper(lower(s)), upper(upper(t)) FROM strings;
SELECT id, (s LIKE 'h%') IN (true, t LIKE 'l%'), (s ILIKE 'H%') NOT IN (false), (s IN (t, 'hello')) = (id > 2) FROM strings;
-- Constants are worked out before casts and cases are simplified, columns are not.
SELECT id, lower(upper('ß')), lower(upper(s)), CAST(57018562269692195L AS FLOAT) * 1.0D, CAST(id + 57018562269692195L AS FLOAT) * 1.0D FROM strings;
-- Beside NULL, the other part is worked out all the same.
-- expect: error INVALID_REGEXP_REPLACE
SELECT id, regexp_replace(s, '', '$1') || CAST(NULL AS STRING) FROM strings;
-- expect: error DIVIDE_BY_ZERO
SELECT id, CAST(1 / (id - 5) AS STRING) || CAST(NULL AS STRING) FROM strings;
-- Spark looks for the two halves of such a character one by one, unless it needs no regular expression.
SELECT id, s LIKE '%😀_', s LIKE '_😀', s LIKE '%😀', s LIKE '😀%', s LIKE '%😀%', s || '😀x' LIKE '%😀_', s || '😀x' LIKE '%😀x', s ILIKE '%😀_', s NOT LIKE '_%😀%' FROM strings;
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT id, length(reverse(bin)) FROM strings;
