// Who is exposed to a company, and through what: its customers at every tier, what its products go into, and who makes,
// uses or buys these.
// Each row is one hop. Customers of customers are counted whatever they buy, so far tiers show who may be reached.
// Whoever makes a kind of a whole, or a kind of that, makes the whole.
// @param company Company.id  The company.
// @param max_tier integer = 6  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is a direct customer, or a product of the company.
// @column exposed_id Node.id
// @column exposed Node.name
// @column type text  Company or Product.
// @column link text  SUPPLIES (buys from it), MAKES, USES, MAKES WHOLE, MAKES KIND OF WHOLE, GOES_INTO or TYPE_OF.
// @column via_id Node.id  Through what.
// @column via Node.name
// @column one_of widest  How many known kinds the most general product on the way has; else 1.
// @column route route  From the company to the company or product exposed.
// @column claims claims
// @walk from company via via_id to exposed_id as tier
UNWIND $frontier AS wanted
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE s.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS exposed_id, c.name AS exposed, 'Company' AS type, 'SUPPLIES' AS link, s.id AS via_id,
    s.name AS via,
    1 AS one_of, [r.id] AS claims
ORDER BY exposed_id, via_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (s:Company)-[r:MAKES]->(p:Product)
WHERE s.id = wanted AND s.id IN $start AND r.since <= $as_of AND r.until >= $as_of
RETURN p.id AS exposed_id, p.name AS exposed, 'Product' AS type, 'MAKES' AS link, s.id AS via_id, s.name AS via,
    1 AS one_of, [r.id] AS claims
ORDER BY exposed_id, via_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (p:Product)-[g:GOES_INTO]->(w:Product)<-[m:MAKES]-(c:Company)
WHERE p.id = wanted
WITH c.id AS exposed_id, c.name AS exposed, p.id AS via_id, p.name AS via, g.id AS claim_1, m.id AS claim_2,
    g.since AS since_1, g.until AS until_1, m.since AS since_2, m.until AS until_2
WHERE since_1 <= $as_of AND until_1 >= $as_of AND since_2 <= $as_of AND until_2 >= $as_of
RETURN exposed_id, exposed, 'Company' AS type, 'MAKES WHOLE' AS link, via_id, via, 1 AS one_of,
    [claim_1, claim_2] AS claims
ORDER BY exposed_id, via_id, claim_1, claim_2
UNION ALL
UNWIND $frontier AS wanted
MATCH (p:Product)-[g:GOES_INTO]->(w:Product)
WHERE p.id = wanted AND g.since <= $as_of AND g.until >= $as_of
WITH p.id AS via_id, p.name AS via, w.id AS whole, g.id AS claim_1
MATCH (k:Product)-[t:TYPE_OF]->(h:Product)
WHERE h.id = whole AND t.since <= $as_of AND t.until >= $as_of
WITH via_id, via, claim_1, t.id AS claim_2, k.id AS kind
MATCH (c:Company)-[m:MAKES]->(q:Product)
WHERE q.id = kind AND m.since <= $as_of AND m.until >= $as_of
RETURN c.id AS exposed_id, c.name AS exposed, 'Company' AS type, 'MAKES KIND OF WHOLE' AS link, via_id, via,
    1 AS one_of, [claim_1, claim_2, m.id] AS claims
ORDER BY exposed_id, via_id, claim_1, claim_2, m.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (p:Product)-[g:GOES_INTO]->(w:Product)
WHERE p.id = wanted AND g.since <= $as_of AND g.until >= $as_of
WITH p.id AS via_id, p.name AS via, w.id AS whole, g.id AS claim_1
MATCH (k:Product)-[t:TYPE_OF]->(h:Product)
WHERE h.id = whole AND t.since <= $as_of AND t.until >= $as_of
WITH via_id, via, claim_1, t.id AS claim_2, k.id AS kind
MATCH (l:Product)-[u:TYPE_OF]->(i:Product)
WHERE i.id = kind AND u.since <= $as_of AND u.until >= $as_of
WITH via_id, via, claim_1, claim_2, u.id AS claim_3, l.id AS narrower
MATCH (c:Company)-[m:MAKES]->(q:Product)
WHERE q.id = narrower AND m.since <= $as_of AND m.until >= $as_of
RETURN c.id AS exposed_id, c.name AS exposed, 'Company' AS type, 'MAKES KIND OF WHOLE' AS link, via_id, via,
    1 AS one_of, [claim_1, claim_2, claim_3, m.id] AS claims
ORDER BY exposed_id, via_id, claim_1, claim_2, claim_3, m.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (c:Company|Product)-[r:USES]->(p:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS exposed_id, c.name AS exposed,
    CASE WHEN c.id STARTS WITH 'product:' THEN 'Product' ELSE 'Company' END AS type,
    'USES' AS link, p.id AS via_id, p.name AS via, 1 AS one_of, [r.id] AS claims
ORDER BY exposed_id, via_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (p:Product)-[r:GOES_INTO]->(w:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN w.id AS exposed_id, w.name AS exposed, 'Product' AS type, 'GOES_INTO' AS link, p.id AS via_id, p.name AS via,
    1 AS one_of, [r.id] AS claims
ORDER BY exposed_id, via_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (p:Product)-[r:TYPE_OF]->(w:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
WITH w.id AS exposed_id, w.name AS exposed, p.id AS via_id, p.name AS via, r.id AS claim
MATCH (k:Product)-[t:TYPE_OF]->(g:Product)
WHERE g.id = exposed_id AND t.since <= $as_of AND t.until >= $as_of
WITH exposed_id, exposed, via_id, via, claim, count(DISTINCT k.id) AS one_of
RETURN exposed_id, exposed, 'Product' AS type, 'TYPE_OF' AS link, via_id, via, one_of, [claim] AS claims
ORDER BY exposed_id, via_id, claim
