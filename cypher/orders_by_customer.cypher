// What each customer has ordered from each seller, added up by currency.
// The same order told by two sources counts once. Orders without an amount are counted, not guessed.
// @param seller Company.id = any  Only what it sells.
// @param customer Company.id = any  Only what it buys.
// @param product Product.id = any  Only orders of it.
// @param after start = 0001-01-01  The first day; orders without a date count from here only when it is left out.
// @param before date = 9999-12-31  The last day.
// @param as_of date = today  The day asked about.
// @column seller_id Company.id
// @column seller Company.name
// @column customer_id Company.id
// @column customer Company.name
// @column currency SUPPLIES.currency
// @column orders integer
// @column without_amount integer  How many of them have no known amount.
// @column amount SUPPLIES.amount  The sum of the known amounts.
// @column amount_cny SUPPLIES.amount_cny  The sum of what is known in CNY.
// @column claims claims
MATCH (s:Company)-[r:SUPPLIES]->(c:Company)
WHERE (r.amount IS NOT NULL OR r.amount_cny IS NOT NULL OR r.quantity IS NOT NULL)
    AND r.since <= $as_of AND r.since >= $after AND r.since <= $before
    AND ($seller = '' OR s.id = $seller) AND ($customer = '' OR c.id = $customer)
    AND ($product = '' OR r.product = $product)
WITH s.id AS seller_id, s.name AS seller, c.id AS customer_id, c.name AS customer, r.currency AS currency,
    r.since AS day, r.product AS of, r.role AS role, r.amount AS amount, r.quantity AS quantity, r.unit AS unit,
    max(coalesce(r.amount_cny, CASE WHEN r.currency = 'CNY' THEN r.amount END)) AS in_cny,
    min(r.id) AS one, collect(r.id) AS told
WITH seller_id, seller, customer_id, customer, currency, count(*) AS orders,
    count(*) - count(amount) AS without_amount, CASE WHEN count(amount) > 0 THEN sum(amount) END AS amount_sum,
    CASE WHEN count(in_cny) > 0 THEN sum(in_cny) END AS cny_sum, collect(told) AS tellings
UNWIND tellings AS told
UNWIND told AS claim
RETURN seller_id, seller, customer_id, customer, currency, orders, without_amount, amount_sum AS amount,
    cny_sum AS amount_cny, [claim] AS claims
ORDER BY seller_id, customer_id, currency, claim
