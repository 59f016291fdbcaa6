// What has been loaded since a day: the claims that newer loads brought.
// @param day start  The first day of loading that counts.
// @param as_of date = today  The day asked about.
// @column at Load.at  When it was loaded.
// @column link text
// @column subject_id Node.id
// @column subject Node.name
// @column object_id Node.id
// @column object Node.name
// @column certainty SUPPLIES.certainty
// @column source_id Source.id
// @column claims claims
MATCH (l:Load)
WHERE l.at >= $day AND left(l.at, 10) <= $as_of
MATCH (a)-[r]->(b)
WHERE r.load = l.id
RETURN l.at AS at, type(r) AS link, a.id AS subject_id, a.name AS subject, b.id AS object_id, b.name AS object,
    r.certainty AS certainty, r.source AS source_id, [r.id] AS claims
ORDER BY at, subject_id, object_id, link, r.id
