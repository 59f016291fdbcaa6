// What came before a product and what comes after it.
// @param product Product.id  The product.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is the next generation, or the one before.
// @column product_id Product.id
// @column product Product.name
// @column is text  NEWER or OLDER than the one that it is reached from.
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
