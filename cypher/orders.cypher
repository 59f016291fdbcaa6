// Orders and deliveries with an amount or a quantity, by date.
// An order stays one after it is fulfilled, so the day asked about only leaves out what came after it. Two sources that
// say exactly the same are one row; where they differ, each has its own.
// @param seller Company.id = any  Only what it sells.
// @param customer Company.id = any  Only what it buys.
// @param product Product.id = any  Only orders of it.
// @param after start = 0001-01-01  The first day; orders without a date count from here only when it is left out.
// @param before date = 9999-12-31  The last day.
// @param as_of date = today  The day asked about.
// @column valid_from SUPPLIES.valid_from  Its date.
// @column seller_id Company.id
// @column seller Company.name
// @column customer_id Company.id
// @column customer Company.name
// @column product_id Product.id
// @column product Product.name
// @column amount SUPPLIES.amount
// @column currency SUPPLIES.currency
// @column amount_cny SUPPLIES.amount_cny
// @column quantity SUPPLIES.quantity
// @column unit SUPPLIES.unit
// @column certainty SUPPLIES.certainty
// @column claims claims
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE (r.amount IS NOT NULL OR r.amount_cny IS NOT NULL OR r.quantity IS NOT NULL)
    AND r.since <= $as_of AND r.since >= $after AND r.since <= $before
    AND ($seller = '' OR s.id = $seller) AND ($customer = '' OR c.id = $customer)
    AND ($product = '' OR r.product = $product)
OPTIONAL MATCH (p:Product) WHERE p.id = r.product
RETURN r.valid_from AS valid_from, s.id AS seller_id, s.name AS seller, c.id AS customer_id, c.name AS customer,
    p.id AS product_id, p.name AS product, r.amount AS amount, r.currency AS currency,
    r.amount_cny AS amount_cny,
    r.quantity AS quantity, r.unit AS unit, r.certainty AS certainty, [r.id] AS claims
ORDER BY r.since, seller_id, customer_id, product_id, r.id
