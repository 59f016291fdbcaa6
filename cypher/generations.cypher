// What came before a product and what comes after it.
// Where it has neither, the generations of its kinds: the first of each line, then what comes after that.
// @param product Product.id  The product.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is the next generation, or the one before.
// @column product_id Product.id
// @column product Product.name
// @column is text  NEWER or OLDER than the one that it is reached from; KIND of it, the first of its line.
// @column than_id Product.id
// @column than Product.name
// @column claims claims
// @walk from product via than_id to product_id as tier
UNWIND $frontier AS wanted
MATCH (n:Product)-[r:SUCCEEDS]->(o:Product)
WHERE o.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN n.id AS product_id, n.name AS product, 'NEWER' AS is, o.id AS than_id, o.name AS than, [r.id] AS claims
ORDER BY product_id, than_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (n:Product)-[r:SUCCEEDS]->(o:Product)
WHERE n.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN o.id AS product_id, o.name AS product, 'OLDER' AS is, n.id AS than_id, n.name AS than, [r.id] AS claims
ORDER BY product_id, than_id, r.id
UNION ALL
UNWIND $frontier AS wanted
MATCH (f:Product)-[t:TYPE_OF]->(g:Product)
WHERE g.id = wanted AND g.id IN $start AND t.since <= $as_of AND t.until >= $as_of
WITH f.id AS product_id, f.name AS product, g.id AS than_id, g.name AS than, t.id AS claim
MATCH (n:Product)-[r:SUCCEEDS]->(o:Product)
WHERE o.id = product_id AND r.since <= $as_of AND r.until >= $as_of
WITH DISTINCT product_id, product, than_id, than, claim
OPTIONAL MATCH (x:Product)-[v:SUCCEEDS]-(y:Product)
WHERE x.id = than_id AND v.since <= $as_of AND v.until >= $as_of
WITH product_id, product, than_id, than, claim, count(v.id) AS of_its_own
WHERE of_its_own = 0
OPTIONAL MATCH (n:Product)-[r:SUCCEEDS]->(o:Product)
WHERE n.id = product_id AND r.since <= $as_of AND r.until >= $as_of
WITH product_id, product, than_id, than, claim, coalesce(o.id, '') AS older
OPTIONAL MATCH (z:Product)-[k:TYPE_OF]->(w:Product)
WHERE z.id = older AND w.id = than_id AND k.since <= $as_of AND k.until >= $as_of
WITH product_id, product, than_id, than, claim, count(k.id) AS older_kinds
WHERE older_kinds = 0
RETURN product_id, product, 'KIND' AS is, than_id, than, [claim] AS claims
ORDER BY product_id, than_id, claim
