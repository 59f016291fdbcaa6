// Every kind of a product, and the kinds of these.
// Any kind will do where the general product is needed, so whoever makes a kind makes the product.
// @param product Product.id  The general product.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is a kind of it, 2 a kind of a kind.
// @column kind_id Product.id
// @column kind Product.name
// @column general_id Product.id  What it is a kind of.
// @column general Product.name
// @column claims claims
// @walk from product via general_id to kind_id as tier
UNWIND $frontier AS wanted
MATCH (k:Product)-[r:TYPE_OF]->(g:Product)
WHERE g.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN k.id AS kind_id, k.name AS kind, g.id AS general_id, g.name AS general, [r.id] AS claims
ORDER BY kind_id, general_id
