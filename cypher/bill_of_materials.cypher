// What a product is made of, down to the last known part.
// Every link of a part to its whole stands once, so quantities can be multiplied along the way; a part that goes into
// several wholes has a row for each.
// @param product Product.id  The whole.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column depth integer  1 is a part of the product itself.
// @column part_id Product.id
// @column part Product.name
// @column level Product.level
// @column whole_id Product.id  What it goes into.
// @column whole Product.name
// @column quantity GOES_INTO.quantity
// @column unit GOES_INTO.unit
// @column essential GOES_INTO.essential
// @column alternative_group GOES_INTO.alternative_group
// @column certainty GOES_INTO.certainty  Of the newest claim.
// @column claims claims
// @newest quantity unit; essential; alternative_group; certainty
// @walk from product via whole_id to part_id as depth, every hop
UNWIND $frontier AS wanted
MATCH (a:Product)-[r:GOES_INTO]->(w:Product)
WHERE w.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN a.id AS part_id, a.name AS part, a.level AS level, w.id AS whole_id, w.name AS whole,
    r.quantity AS quantity, r.unit AS unit, r.essential AS essential, r.alternative_group AS alternative_group,
    r.certainty AS certainty, [r.id] AS claims, r.since AS since, r.source AS source
ORDER BY whole_id, part_id, r.id
