// Where nothing is known: products without a maker, companies without a link, segments without a member.
// A product has a maker when a direct kind of it has one.
// @param as_of date = today  The day asked about.
// @column gap text  NO MAKER, NO LINK or NO MEMBER.
// @column node_id Node.id
// @column node Node.name
MATCH (p:Product)
OPTIONAL MATCH (c:Company)-[r:MAKES]->(p)
WHERE r.since <= $as_of AND r.until >= $as_of
WITH p.id AS node_id, p.name AS node, count(c.id) AS makers
WHERE makers = 0
OPTIONAL MATCH (k:Product)-[t:TYPE_OF]->(g:Product)
WHERE g.id = node_id AND t.since <= $as_of AND t.until >= $as_of
WITH node_id, node, k.id AS kind_id
OPTIONAL MATCH (d:Company)-[m:MAKES]->(q:Product)
WHERE q.id = kind_id AND m.since <= $as_of AND m.until >= $as_of
WITH node_id, node, count(d.id) AS makers
WHERE makers = 0
RETURN 'NO MAKER' AS gap, node_id, node
ORDER BY node_id
UNION ALL
MATCH (c:Company)
OPTIONAL MATCH (c)-[r]-(o)
WHERE r.since <= $as_of AND r.until >= $as_of
WITH c.id AS node_id, c.name AS node, count(o.id) AS links
WHERE links = 0
RETURN 'NO LINK' AS gap, node_id, node
ORDER BY node_id
UNION ALL
MATCH (s:Segment)
OPTIONAL MATCH (o:Company|Product)-[r:IN_SEGMENT]->(s)
WHERE r.since <= $as_of AND r.until >= $as_of
WITH s.id AS node_id, s.name AS node, count(o.id) AS members
WHERE members = 0
RETURN 'NO MEMBER' AS gap, node_id, node
ORDER BY node_id
