// What has not come yet: what is planned, expected or negotiated, and what begins after the day asked about.
// @param about Node.id = any  Only what this node has to do with.
// @param as_of date = today  The day asked about.
// @column day date  From when.
// @column link text
// @column subject_id Node.id
// @column subject Node.name
// @column object_id Node.id
// @column object Node.name
// @column certainty SUPPLIES.certainty
// @column note text
// @column claims claims
MATCH (a)-[r]->(b)
WHERE r.until >= $as_of AND (r.certainty IN ['planned', 'expected', 'negotiating'] OR r.since > $as_of)
    AND ($about = '' OR r.subject = $about OR r.object = $about)
RETURN r.valid_from AS day, type(r) AS link, a.id AS subject_id, a.name AS subject, b.id AS object_id,
    b.name AS object, r.certainty AS certainty, r.note AS note, [r.id] AS claims
ORDER BY r.since, subject_id, object_id, link, r.id
