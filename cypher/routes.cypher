// How two nodes hang together: the shortest routes between them, with the evidence of each hop.
// Links count either way; the arrow says which way a link points. Membership of a segment and numbers of a report are
// no route: they would join everything to everything.
// @param first Node.id  One end.
// @param second Node.id  The other end.
// @param max_hops integer = 4  The longest route.
// @param limit integer = 20  The most routes.
// @param as_of date = today  The day asked about.
// @column route integer  1 is the shortest.
// @column hop integer  1 leaves the first node.
// @column from_id Node.id
// @column from Node.name
// @column arrow text  -> or <-.
// @column link text
// @column to_id Node.id
// @column to Node.name
// @column claims claims
// @routes from first to second via from_id to to_id as route by hop
UNWIND $frontier AS wanted
MATCH (a:Company|Product|Segment)
    -[r:SUPPLIES|MAKES|USES|GOES_INTO|TYPE_OF|SUCCEEDS|OWNS|INVESTS_IN|PARTNERS_WITH|COMPETES_WITH]->
    (b:Company|Product|Segment)
WHERE a.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN a.id AS from_id, a.name AS from, '->' AS arrow, type(r) AS link, b.id AS to_id, b.name AS to,
    [r.id] AS claims
ORDER BY from_id, to_id, link, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (a:Company|Product|Segment)
    -[r:SUPPLIES|MAKES|USES|GOES_INTO|TYPE_OF|SUCCEEDS|OWNS|INVESTS_IN|PARTNERS_WITH|COMPETES_WITH]->
    (b:Company|Product|Segment)
WHERE b.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN b.id AS from_id, b.name AS from, '<-' AS arrow, type(r) AS link, a.id AS to_id, a.name AS to,
    [r.id] AS claims
ORDER BY from_id, to_id, link, r.id
