// Whom a company works together with, and at what.
// @param company Company.id  The company.
// @param as_of date = today  The day asked about.
// @column partner_id Company.id
// @column partner Company.name
// @column product_id Product.id
// @column product Product.name
// @column role PARTNERS_WITH.role
// @column claims claims
MATCH (a:Company)-[r:PARTNERS_WITH]-(b:Company)
WHERE a.id = $company AND b.id <> $company AND r.since <= $as_of AND r.until >= $as_of
OPTIONAL MATCH (p:Product) WHERE p.id = r.product
RETURN b.id AS partner_id, b.name AS partner, p.id AS product_id, p.name AS product, r.role AS role,
    [r.id] AS claims
ORDER BY partner_id, product_id, role, r.id
