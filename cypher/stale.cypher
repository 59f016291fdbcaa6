// What is no longer true, or was to have come by now: claims that have ended, and plans, expectations and negotiations
// whose day has passed without a source stating that it came.
// @param as_of date = today  The day asked about.
// @column why text  ENDED or DUE.
// @column day date  When it ended, or was due.
// @column link text
// @column subject_id Node.id
// @column subject Node.name
// @column object_id Node.id
// @column object Node.name
// @column certainties text[]  How sure the sources were.
// @column claims claims
MATCH (a)-[r]->(b)
WHERE r.until < $as_of
RETURN 'ENDED' AS why, r.valid_to AS day, type(r) AS link, a.id AS subject_id, a.name AS subject,
    b.id AS object_id, b.name AS object, [r.certainty] AS certainties,
    [r.id] AS claims
ORDER BY r.until, day, subject_id, object_id, link, r.id
UNION ALL
MATCH (a)-[r]->(b)
WHERE r.until >= $as_of AND r.since < $as_of
WITH type(r) AS link, a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object, r.id AS claim,
    r.certainty AS certainty,
    CASE WHEN r.certainty IN ['planned', 'expected', 'negotiating'] THEN r.valid_from END AS due_day
WITH link, subject_id, subject, object_id, object, count(CASE WHEN certainty = 'stated' THEN 1 END) AS stated,
    min(due_day) AS day, collect(DISTINCT CASE WHEN due_day IS NOT NULL THEN certainty END) AS certainties,
    collect(CASE WHEN due_day IS NOT NULL THEN claim END) AS claims
WHERE stated = 0 AND day IS NOT NULL
RETURN 'DUE' AS why, day, link, subject_id, subject, object_id, object, certainties, claims
ORDER BY day, subject_id, object_id, link
