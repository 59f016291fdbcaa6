// Customers of a company at every tier, nearest first.
// Each row is one hop: who supplies whom with what.
// @param company Company.id  The supplier.
// @param max_tier integer = 6  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is a direct customer.
// @column customer_id Company.id
// @column customer Company.name
// @column country Company.country  Where the customer's head office is.
// @column supplier_id Company.id  Who supplies it on the way from the company.
// @column supplier Company.name
// @column products Product.name[]  What it is supplied with, where a source says so.
// @column route route  From the company to the customer.
// @column claims claims
// @walk from company via supplier_id to customer_id as tier
UNWIND $frontier AS wanted
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE s.id = wanted AND r.since <= $as_of AND r.until >= $as_of
OPTIONAL MATCH (p:Product) WHERE p.id = r.product
RETURN c.id AS customer_id, c.name AS customer, c.country AS country, s.id AS supplier_id, s.name AS supplier,
    [p.name] AS products, [r.id] AS claims
ORDER BY customer_id, supplier_id, r.id
