// Suppliers of a company at every tier, nearest first.
// Each row is one hop: who supplies whom with what. Suppliers of suppliers are counted whatever they supply, so far
// tiers show who may be reached, not who must be.
// @param company Company.id  The buyer.
// @param max_tier integer = 6  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is a direct supplier.
// @column supplier_id Company.id
// @column supplier Company.name
// @column country Company.country  Where the supplier's head office is.
// @column customer_id Company.id  Whom it supplies on the way to the company.
// @column customer Company.name
// @column products Product.name[]  What it supplies, where a source says so.
// @column route route  From the company to the supplier.
// @column claims claims
// @walk from company via customer_id to supplier_id as tier
UNWIND $frontier AS wanted
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE c.id = wanted AND r.since <= $as_of AND r.until >= $as_of
OPTIONAL MATCH (p:Product) WHERE p.id = r.product
RETURN s.id AS supplier_id, s.name AS supplier, s.country AS country, c.id AS customer_id, c.name AS customer,
    [p.name] AS products, [r.id] AS claims
ORDER BY supplier_id, customer_id, r.id
