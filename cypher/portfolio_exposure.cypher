// What the holdings of a portfolio hang on: their products, segments, direct customers and direct suppliers.
// @param holdings Company.id[]  The companies held, by name or ticker.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column link text  MAKES, USES, IN_SEGMENT, SUPPLIES (the other is a customer) or BUYS (the other is a supplier).
// @column other_id Node.id
// @column other Node.name
// @column claims claims
UNWIND $holdings AS wanted
MATCH (c:Company)-[r:MAKES|USES|IN_SEGMENT|SUPPLIES]->(o:Product|Segment|Company)
WHERE c.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, type(r) AS link, o.id AS other_id,
    o.name AS other,
    [r.id] AS claims
ORDER BY company_id, link, other_id, r.id
UNION ALL
UNWIND $holdings AS wanted
MATCH (o:Company)-[r:SUPPLIES]->(c:Company)
WHERE c.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, 'BUYS' AS link, o.id AS other_id,
    o.name AS other,
    [r.id] AS claims
ORDER BY company_id, other_id, r.id
