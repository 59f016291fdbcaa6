// Where a product ends up: what it or a kind of it goes into, at every tier up to the finished system.
// A row with link TYPE_OF says that the product is a kind of a more general one, which may be used in its place.
// @param product Product.id  The part.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is what it goes into itself.
// @column whole_id Product.id
// @column whole Product.name
// @column level Product.level
// @column link text  GOES_INTO, TYPE_OF or USES.
// @column part_id Product.id  What of it goes into the whole.
// @column part Product.name
// @column route route  From the product to the whole.
// @column claims claims
// @walk from product including narrower via part_id to whole_id as tier
UNWIND $frontier AS wanted
MATCH (a:Product)-[r:GOES_INTO|TYPE_OF]->(w:Product)
WHERE a.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN w.id AS whole_id, w.name AS whole, w.level AS level, type(r) AS link, a.id AS part_id, a.name AS part,
    [r.id] AS claims
ORDER BY whole_id, part_id, link, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (w:Product)-[r:USES]->(a:Product)
WHERE a.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN w.id AS whole_id, w.name AS whole, w.level AS level, 'USES' AS link, a.id AS part_id, a.name AS part,
    [r.id] AS claims
ORDER BY whole_id, part_id, r.id
