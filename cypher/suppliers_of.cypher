// Who supplies a product, or any kind of it: who makes it, and who sells it to whom.
// Makers stand without a customer. The share of a maker is its part of the market, that of a seller its part of the
// buyer's need.
// @param product Product.id  The product.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column country Company.country
// @column link text  MAKES or SUPPLIES.
// @column product_id Product.id  The product asked for, or a kind of it.
// @column product Product.name
// @column tier integer  0 is the product itself, 1 a kind of it, 2 a kind of a kind.
// @column customer_id Company.id  Whom it sells the product to.
// @column customer Company.name
// @column role text  What it does: designer, manufacturer, foundry, supplier, integrator, lessor.
// @column share share  Part of the market, or of the buyer's need.
// @column status MAKES.status
// @column certainty MAKES.certainty  Of the newest claim.
// @column claims claims
// @newest share; status; certainty
// @reach from product along narrower at product_id as tier
UNWIND $reached AS wanted
MATCH (c:Company)-[r:MAKES]->(p:Product)
WHERE p.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, c.country AS country, 'MAKES' AS link,
    p.id AS product_id, p.name AS product, '' AS customer_id, '' AS customer, r.role AS role, r.share AS share,
    r.status AS status, r.certainty AS certainty, [r.id] AS claims, r.since AS since, r.source AS source
ORDER BY company_id, product_id, role, r.id
UNION ALL
UNWIND $reached AS wanted
MATCH (c:Company)-[r:SUPPLIES]->(b:Company)
WHERE r.product = wanted AND r.since <= $as_of AND r.until >= $as_of
MATCH (p:Product) WHERE p.id = r.product
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, c.country AS country, 'SUPPLIES' AS link,
    p.id AS product_id, p.name AS product, b.id AS customer_id, b.name AS customer, r.role AS role,
    r.share AS share, '' AS status, r.certainty AS certainty, [r.id] AS claims, r.since AS since,
    r.source AS source
ORDER BY company_id, product_id, customer_id, role, r.id
