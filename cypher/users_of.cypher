// Who or what uses a product, or any kind of it: products that need it, companies that have adopted or bought it.
// @param product Product.id  The product.
// @param as_of date = today  The day asked about.
// @column user_id Node.id
// @column user Node.name
// @column link text  USES, GOES_INTO (the user is the whole) or SUPPLIES (the user buys it).
// @column product_id Product.id  The product asked for, or a kind of it.
// @column product Product.name
// @column tier integer  0 is the product itself, 1 a kind of it, 2 a kind of a kind.
// @column quantity number
// @column unit text
// @column certainty USES.certainty  Of the newest claim.
// @column claims claims
// @newest quantity unit; certainty
// @reach from product along narrower at product_id as tier
UNWIND $reached AS wanted
MATCH (u:Company|Product)-[r:USES]->(p:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN u.id AS user_id, u.name AS user, 'USES' AS link, p.id AS product_id, p.name AS product,
    r.quantity AS quantity, r.unit AS unit, r.certainty AS certainty, [r.id] AS claims, r.since AS since,
    r.source AS source
ORDER BY user_id, product_id, r.id
UNION ALL
UNWIND $reached AS wanted
MATCH (u:Product)<-[r:GOES_INTO]-(p:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN u.id AS user_id, u.name AS user, 'GOES_INTO' AS link, p.id AS product_id, p.name AS product,
    r.quantity AS quantity, r.unit AS unit, r.certainty AS certainty, [r.id] AS claims, r.since AS since,
    r.source AS source
ORDER BY user_id, product_id, r.id
UNION ALL
UNWIND $reached AS wanted
MATCH (s:Company)-[r:SUPPLIES]->(u:Company)
WHERE r.product = wanted AND r.since <= $as_of AND r.until >= $as_of
MATCH (p:Product) WHERE p.id = r.product
RETURN u.id AS user_id, u.name AS user, 'SUPPLIES' AS link, p.id AS product_id, p.name AS product,
    r.quantity AS quantity, r.unit AS unit, r.certainty AS certainty, [r.id] AS claims, r.since AS since,
    r.source AS source
ORDER BY user_id, product_id, r.id
