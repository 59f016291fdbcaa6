// Who supplies both of two companies.
// @param first Company.id  One buyer.
// @param second Company.id  The other.
// @param as_of date = today  The day asked about.
// @column supplier_id Company.id
// @column supplier Company.name
// @column country Company.country
// @column to_first Product.name[]  What it supplies to the first, where a source says so.
// @column to_second Product.name[]  What it supplies to the second.
// @column claims claims
MATCH (s:Company)-[r:SUPPLIES]->(a:Company)
WHERE a.id = $first AND r.since <= $as_of AND r.until >= $as_of
OPTIONAL MATCH (p:Product) WHERE p.id = r.product
WITH s.id AS supplier_id, collect(DISTINCT p.name) AS to_first, collect(DISTINCT r.id) AS claims_first
MATCH (t:Company)-[q:SUPPLIES]->(b:Company)
WHERE t.id = supplier_id AND b.id = $second AND q.since <= $as_of AND q.until >= $as_of
OPTIONAL MATCH (o:Product) WHERE o.id = q.product
WITH supplier_id, t.name AS supplier, t.country AS country, to_first, claims_first,
    collect(DISTINCT o.name) AS to_second, collect(DISTINCT q.id) AS claims_second
RETURN supplier_id, supplier, country, to_first, to_second, claims_first + claims_second AS claims
ORDER BY supplier_id
