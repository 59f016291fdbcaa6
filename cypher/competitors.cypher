// Who competes with a company or a product: whom a source calls a competitor, and for a company who makes the same.
// @param about Company.id|Product.id  The company or product.
// @param as_of date = today  The day asked about.
// @column rival_id Node.id
// @column rival Node.name
// @column why text  COMPETES_WITH or MAKES (the same product).
// @column product_id Product.id  What both make.
// @column product Product.name
// @column claims claims
MATCH (a:Company|Product)-[r:COMPETES_WITH]-(b:Company|Product)
WHERE a.id = $about AND b.id <> $about AND r.since <= $as_of AND r.until >= $as_of
RETURN b.id AS rival_id, b.name AS rival, 'COMPETES_WITH' AS why, '' AS product_id, '' AS product,
    [r.id] AS claims
ORDER BY rival_id, r.id
UNION ALL
MATCH (a:Company)-[m:MAKES]->(p:Product)
WHERE a.id = $about AND m.since <= $as_of AND m.until >= $as_of
WITH p.id AS product_id, p.name AS product, collect(m.id) AS own
MATCH (b:Company)-[r:MAKES]->(q:Product)
WHERE q.id = product_id AND b.id <> $about AND r.since <= $as_of AND r.until >= $as_of
RETURN b.id AS rival_id, b.name AS rival, 'MAKES' AS why, product_id, product, own + [r.id] AS claims
ORDER BY rival_id, product_id, r.id
