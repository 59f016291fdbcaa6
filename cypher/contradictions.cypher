// Claims of the same fact that do not agree, property by property.
// Two claims speak of the same fact when their ends agree and all that says which fact it is: product, role, round,
// currency, date of an order; for numbers of reports metric, aspect, period and unit, whoever reports them. None is
// dropped: `evidence` shows each with its source.
// @param as_of date = today  The day asked about.
// @column link text
// @column property text
// @column subject_id Node.id  Unknown where sources report on the object.
// @column subject Node.name
// @column object_id Node.id
// @column object Node.name
// @column about text  What else says which fact it is.
// @column low number  The lowest number told.
// @column high number  The highest.
// @column words text[]  The words told; for numbers of reports the figures as written.
// @column claims claims
MATCH (a:Company)-[r:SUPPLIES]->(b:Company)
WHERE r.share IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object, replace(coalesce(r.product,
    '') + ' ' + coalesce(r.role, ''), '  ', ' ') AS about, min(r.share) AS low, max(r.share) AS high,
    count(DISTINCT r.share) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'SUPPLIES' AS link, 'share' AS property, subject_id, subject, object_id, object, about, low, high,
    [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Company)-[r:SUPPLIES]->(b:Company)
WHERE r.revenue_share IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object, replace(coalesce(r.product,
    '') + ' ' + coalesce(r.role, ''), '  ', ' ') AS about, min(r.revenue_share) AS low,
    max(r.revenue_share) AS high, count(DISTINCT r.revenue_share) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'SUPPLIES' AS link, 'revenue_share' AS property, subject_id, subject, object_id, object, about, low,
    high, [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Company)-[r:SUPPLIES]->(b:Company)
WHERE r.amount IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object,
    replace(replace(coalesce(r.product, '') + ' ' + coalesce(r.role, '') + ' ' + coalesce(r.currency, '') +
    ' ' + coalesce(r.valid_from, ''), '  ', ' '), '  ', ' ') AS about, min(r.amount) AS low,
    max(r.amount) AS high, count(DISTINCT r.amount) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'SUPPLIES' AS link, 'amount' AS property, subject_id, subject, object_id, object, about, low, high,
    [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Company)-[r:SUPPLIES]->(b:Company)
WHERE r.quantity IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object,
    replace(replace(coalesce(r.product, '') + ' ' + coalesce(r.role, '') + ' ' + coalesce(r.unit, '') + ' ' +
    coalesce(r.valid_from, ''), '  ', ' '), '  ', ' ') AS about, min(r.quantity) AS low,
    max(r.quantity) AS high, count(DISTINCT r.quantity) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'SUPPLIES' AS link, 'quantity' AS property, subject_id, subject, object_id, object, about, low, high,
    [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Company)-[r:MAKES]->(b:Product)
WHERE r.share IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object, coalesce(r.role, '') AS about,
    min(r.share) AS low, max(r.share) AS high, count(DISTINCT r.share) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'MAKES' AS link, 'share' AS property, subject_id, subject, object_id, object, about, low, high,
    [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Company)-[r:MAKES]->(b:Product)
WHERE r.status IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object, coalesce(r.role, '') AS about,
    count(DISTINCT r.status) AS told, collect(DISTINCT r.status) AS words, collect(r.id) AS claims
WHERE told > 1
RETURN 'MAKES' AS link, 'status' AS property, subject_id, subject, object_id, object, about,
    CASE WHEN false THEN 0.0 END AS low, CASE WHEN false THEN 0.0 END AS high, words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Product)-[r:GOES_INTO]->(b:Product)
WHERE r.quantity IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object, coalesce(r.unit, '') AS about,
    min(r.quantity) AS low, max(r.quantity) AS high, count(DISTINCT r.quantity) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'GOES_INTO' AS link, 'quantity' AS property, subject_id, subject, object_id, object, about, low, high,
    [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Company)-[r:OWNS]->(b:Company)
WHERE r.stake IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object, '' AS about,
    min(r.stake) AS low, max(r.stake) AS high, count(DISTINCT r.stake) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'OWNS' AS link, 'stake' AS property, subject_id, subject, object_id, object, about, low, high,
    [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Company)-[r:INVESTS_IN]->(b:Company|Product|Segment)
WHERE r.amount IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object,
    replace(replace(coalesce(r.round, '') + ' ' + coalesce(r.currency, '') + ' ' + coalesce(r.valid_from, ''),
    '  ', ' '), '  ', ' ') AS about, min(r.amount) AS low, max(r.amount) AS high,
    count(DISTINCT r.amount) AS told, collect(r.id) AS claims
WHERE told > 1
RETURN 'INVESTS_IN' AS link, 'amount' AS property, subject_id, subject, object_id, object, about, low, high,
    [''] AS words, claims
ORDER BY subject_id, object_id, about
UNION ALL
MATCH (a:Product)-[r:GOES_INTO]->(b:Product)
WHERE r.essential IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object,
    count(DISTINCT r.essential) AS told,
    collect(DISTINCT CASE WHEN r.essential THEN 'true' ELSE 'false' END) AS words,
    collect(r.id) AS claims
WHERE told > 1
RETURN 'GOES_INTO' AS link, 'essential' AS property, subject_id, subject, object_id, object, '' AS about,
    CASE WHEN false THEN 0.0 END AS low, CASE WHEN false THEN 0.0 END AS high, words, claims
ORDER BY subject_id, object_id
UNION ALL
MATCH (a:Source)-[r:REPORTS]->(b:Company|Product|Segment)
WHERE r.value IS NOT NULL AND r.since <= $as_of AND r.until >= $as_of
WITH b.id AS object_id, b.name AS object, replace(replace(replace(coalesce(r.metric, '') + ' ' +
    coalesce(r.aspect, '') + ' ' + coalesce(r.period, '') + ' ' + coalesce(r.unit, ''), '  ', ' '), '  ', ' '),
    '  ', ' ') AS about, min(r.value) AS low, max(r.value) AS high, count(DISTINCT r.value) AS told,
    collect(DISTINCT r.text) AS words, collect(r.id) AS claims
WHERE told > 1
RETURN 'REPORTS' AS link, 'value' AS property, '' AS subject_id, '' AS subject, object_id, object, about, low,
    high, words, claims
ORDER BY object_id, about
