// Companies that stand on at least so many of the lists given.
// A list is a product (whoever makes it or a kind of it stands on it) or a segment (whoever belongs to it or a part of
// it does).
// @param among Product.id|Segment.id[]  The lists.
// @param at_least integer = 2  On how many of them.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column country Company.country
// @column lists_there integer  On how many of the lists it stands.
// @column list_ids Node.id[]  On which.
// @column claims claims
// @pairs lists from among along narrower
UNWIND $lists AS pair
MATCH (c:Company)-[r:MAKES|IN_SEGMENT]->(n:Product|Segment)
WHERE n.id = pair.id AND r.since <= $as_of AND r.until >= $as_of
UNWIND pair.claims AS kind_claim
WITH c.id AS company_id, c.name AS company, c.tickers AS tickers, c.country AS country,
    count(DISTINCT pair.root) AS lists_there, collect(DISTINCT pair.root) AS list_ids,
    collect(DISTINCT r.id) AS stands,
    collect(DISTINCT kind_claim) AS kinds
WHERE lists_there >= $at_least
RETURN company_id, company, tickers, country, lists_there, list_ids, stands + kinds AS claims
ORDER BY lists_there DESC, company_id
