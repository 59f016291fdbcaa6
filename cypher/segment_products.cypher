// Which products belong to a segment or to a part of it.
// @param segment Segment.id  The segment.
// @param as_of date = today  The day asked about.
// @column product_id Product.id
// @column product Product.name
// @column level Product.level
// @column segment_id Segment.id  The segment asked for, or a part of it.
// @column segment Segment.name
// @column tier integer  0 is the segment itself, 1 a part of it.
// @column reasons text[]  Why, or in which lists.
// @column claims claims
// @reach from segment along narrower at segment_id as tier
UNWIND $reached AS wanted
MATCH (p:Product)-[r:IN_SEGMENT]->(s:Segment)
WHERE s.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN p.id AS product_id, p.name AS product, p.level AS level, s.id AS segment_id, s.name AS segment,
    [r.reason] AS reasons, [r.id] AS claims
ORDER BY product_id, segment_id, r.id
