// What several holdings of a portfolio hang on in the same way: the same product, segment, customer or supplier.
// @param holdings Company.id[]  The companies held, by name or ticker.
// @param at_least integer = 2  How many of them must hang on it.
// @param as_of date = today  The day asked about.
// @column other_id Node.id  What they hang on.
// @column other Node.name
// @column link text  MAKES, USES, IN_SEGMENT, SUPPLIES (the other is a customer) or BUYS (the other is a supplier).
// @column holdings_there integer  How many of the holdings hang on it.
// @column companies Company.name[]  Which.
// @column claims claims
UNWIND $holdings AS wanted
MATCH (c:Company)-[r:MAKES|USES|IN_SEGMENT|SUPPLIES]->(o:Product|Segment|Company)
WHERE c.id = wanted AND r.since <= $as_of AND r.until >= $as_of
WITH o.id AS other_id, o.name AS other, type(r) AS link, count(DISTINCT c.id) AS holdings_there,
    collect(DISTINCT c.name) AS companies, collect(r.id) AS claims
WHERE holdings_there >= $at_least
RETURN other_id, other, link, holdings_there, companies, claims
ORDER BY holdings_there DESC, other_id, link
UNION ALL
UNWIND $holdings AS wanted
MATCH (o:Company)-[r:SUPPLIES]->(c:Company)
WHERE c.id = wanted AND r.since <= $as_of AND r.until >= $as_of
WITH o.id AS other_id, o.name AS other, count(DISTINCT c.id) AS holdings_there,
    collect(DISTINCT c.name) AS companies,
    collect(r.id) AS claims
WHERE holdings_there >= $at_least
RETURN other_id, other, 'BUYS' AS link, holdings_there, companies, claims
ORDER BY holdings_there DESC, other_id
