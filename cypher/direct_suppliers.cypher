// Who supplies a company, with what and how much.
// One row for each supplier, product and role; every number is that of the newest claim that knows it. `orders` lists
// the single orders.
// @param company Company.id  The buyer.
// @param as_of date = today  The day asked about.
// @column supplier_id Company.id
// @column supplier Company.name
// @column country Company.country
// @column product_id Product.id  What it supplies.
// @column product Product.name
// @column role SUPPLIES.role
// @column share SUPPLIES.share
// @column revenue_share SUPPLIES.revenue_share
// @column amount SUPPLIES.amount
// @column currency SUPPLIES.currency
// @column amount_cny SUPPLIES.amount_cny
// @column quantity SUPPLIES.quantity
// @column unit SUPPLIES.unit
// @column certainty SUPPLIES.certainty  Of the newest claim.
// @column claims claims
// @newest share; revenue_share; amount currency amount_cny; quantity unit; certainty
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE c.id = $company AND r.since <= $as_of AND r.until >= $as_of
OPTIONAL MATCH (p:Product) WHERE p.id = r.product
RETURN s.id AS supplier_id, s.name AS supplier, s.country AS country, p.id AS product_id,
    p.name AS product, r.role AS role, r.share AS share, r.revenue_share AS revenue_share, r.amount AS amount,
    r.currency AS currency, r.amount_cny AS amount_cny, r.quantity AS quantity, r.unit AS unit,
    r.certainty AS certainty, [r.id] AS claims, r.since AS since, r.source AS source
ORDER BY supplier_id, product_id, role, r.id
