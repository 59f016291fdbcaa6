// Who is exposed to a product, and through what: what it goes into at every tier, who makes these wholes, who uses or
// buys any of them, and who makes the product itself.
// Each row is one hop. A company's row ends there; a product's row goes on to what that product goes into. Exposure by
// need (the whole cannot be made without it) and by trade (makers and sellers win where others lose) are told apart by
// the link. Whoever makes a kind of the whole, or a kind of that, makes the whole.
// @param product Product.id  The product.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is the product itself, 2 what it goes into.
// @column exposed_id Node.id
// @column exposed Node.name
// @column type text  Company or Product.
// @column link text  MAKES, SELLS, USES, BUYS, MAKES WHOLE, MAKES KIND OF WHOLE, GOES_INTO, TYPE_OF.
// @column via_id Node.id  Through what.
// @column via Node.name
// @column one_of widest  How many known kinds the most general product on the way has; else 1.
// @column route route  From the product to the company or product exposed.
// @column claims claims
// @walk from product including narrower via via_id to exposed_id as tier
UNWIND $frontier AS wanted
MATCH (c:Company)-[r:MAKES]->(p:Product)
WHERE p.id = wanted AND p.id IN $start AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS exposed_id, c.name AS exposed, 'Company' AS type, 'MAKES' AS link, p.id AS via_id, p.name AS via,
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
MATCH (c:Company)-[r:USES]->(p:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS exposed_id, c.name AS exposed, 'Company' AS type, 'USES' AS link, p.id AS via_id, p.name AS via,
    1 AS one_of, [r.id] AS claims
ORDER BY exposed_id, via_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE r.product = wanted AND r.since <= $as_of AND r.until >= $as_of
MATCH (p:Product) WHERE p.id = r.product
UNWIND [c.id, s.id] AS exposed_id
MATCH (e:Company) WHERE e.id = exposed_id
RETURN exposed_id, e.name AS exposed, 'Company' AS type,
    CASE WHEN exposed_id = c.id THEN 'BUYS' ELSE 'SELLS' END AS link, p.id AS via_id, p.name AS via,
    1 AS one_of, [r.id] AS claims
ORDER BY exposed_id, link, via_id, r.id
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
UNION ALL
UNWIND $frontier AS wanted
MATCH (w:Product)-[r:USES]->(p:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN w.id AS exposed_id, w.name AS exposed, 'Product' AS type, 'USES' AS link, p.id AS via_id, p.name AS via,
    1 AS one_of, [r.id] AS claims
ORDER BY exposed_id, via_id, r.id
