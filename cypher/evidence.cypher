// Who says so: a claim, or all claims about a node, or all that a source states, word for word.
// A claim asked for by its id is shown whether it holds on the day or not.
// @param about claim|Node.id  A claim, or a node.
// @param as_of date = today  The day asked about.
// @column claim claim
// @column link text
// @column subject_id Node.id
// @column subject Node.name
// @column object_id Node.id
// @column object Node.name
// @column certainty SUPPLIES.certainty
// @column valid_from SUPPLIES.valid_from
// @column valid_to SUPPLIES.valid_to
// @column source_id Source.id
// @column source Source.title
// @column locator SUPPLIES.locator
// @column note SUPPLIES.note
// @column claims claims
MATCH (a)-[r]->(b)
WHERE r.id = $about OR (r.since <= $as_of AND r.until >= $as_of
    AND (r.subject = $about OR r.object = $about OR r.source = $about))
MATCH (o:Source) WHERE o.id = r.source
RETURN r.id AS claim, type(r) AS link, a.id AS subject_id, a.name AS subject, b.id AS object_id,
    b.name AS object, r.certainty AS certainty, r.valid_from AS valid_from, r.valid_to AS valid_to,
    o.id AS source_id, o.title AS source, r.locator AS locator, r.note AS note, [r.id] AS claims
ORDER BY link, subject_id, object_id, claim
