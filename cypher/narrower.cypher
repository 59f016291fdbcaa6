// What a product or a segment is divided into: every kind of a product, every part of a segment, and theirs.
// Any kind will do where the general product is needed, so whoever makes a kind makes the product.
// @param whole Product.id|Segment.id  The general product, or the segment.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is a kind or a part of it, 2 one of these.
// @column narrower_id Node.id
// @column narrower Node.name
// @column broader_id Node.id  What it is a kind or a part of.
// @column broader Node.name
// @column claims claims  What says so; segments are cut by this graph and need none.
// @walk from whole via broader_id to narrower_id as tier
UNWIND $frontier AS wanted
MATCH (k:Product)-[r:TYPE_OF]->(g:Product)
WHERE g.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN k.id AS narrower_id, k.name AS narrower, g.id AS broader_id, g.name AS broader, [r.id] AS claims
ORDER BY narrower_id, broader_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (u:Segment), (s:Segment)
WHERE u.id = wanted AND s.parent = u.id
RETURN s.id AS narrower_id, s.name AS narrower, u.id AS broader_id, u.name AS broader, [''] AS claims
ORDER BY narrower_id, broader_id
