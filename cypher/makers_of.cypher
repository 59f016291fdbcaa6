// Who makes a product, or any kind of it.
// One row for each maker, product and role; the share and the status are those of the newest claim that knows them.
// @param product Product.id  The product.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column country Company.country
// @column product_id Product.id  The product asked for, or a kind of it.
// @column product Product.name
// @column tier integer  0 is the product itself, 1 a kind of it, 2 a kind of a kind.
// @column role MAKES.role
// @column share MAKES.share
// @column status MAKES.status
// @column certainty MAKES.certainty  Of the newest claim.
// @column claims claims
// @newest share; status; certainty
// @reach from product along narrower at product_id as tier
UNWIND $reached AS wanted
MATCH (c:Company)-[r:MAKES]->(p:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.country AS country, p.id AS product_id, p.name AS product,
    r.role AS role, r.share AS share, r.status AS status, r.certainty AS certainty, [r.id] AS claims,
    r.since AS since, r.source AS source
ORDER BY company_id, product_id, role, r.id
