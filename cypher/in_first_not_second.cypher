// Companies that stand on one of the first lists and on none of the second.
// A list is a product (whoever makes it or a kind of it stands on it) or a segment (whoever belongs to it or a part of
// it does).
// @param first Product.id|Segment.id[]  The lists to stand on.
// @param second Product.id|Segment.id[]  The lists to be absent from.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column country Company.country
// @column list_ids Node.id[]  On which of the first it stands.
// @column claims claims
// @pairs wanted from first along narrower
// @pairs unwanted from second along narrower
UNWIND $unwanted AS other
OPTIONAL MATCH (x:Company)-[r:MAKES|IN_SEGMENT]->(n:Product|Segment)
WHERE n.id = other.id AND r.since <= $as_of AND r.until >= $as_of
WITH collect(DISTINCT x.id) AS others
UNWIND $wanted AS pair
MATCH (c:Company)-[q:MAKES|IN_SEGMENT]->(m:Product|Segment)
WHERE m.id = pair.id AND q.since <= $as_of AND q.until >= $as_of AND NOT c.id IN others
UNWIND pair.claims AS kind_claim
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, c.country AS country,
    collect(DISTINCT pair.root) AS list_ids, collect(DISTINCT q.id) + collect(DISTINCT kind_claim) AS claims
ORDER BY company_id
