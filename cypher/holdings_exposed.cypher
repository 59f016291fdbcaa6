// Which holdings of a portfolio are exposed to a product, and through what.
// @param holdings Company.id[]  The companies held, by name or ticker.
// @param product Product.id  The product.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column tier integer  1 has to do with the product itself, 2 with what it goes into.
// @column one_of widest  How many known kinds the most general product on the way has; else 1.
// @column route route  From the product to the company.
// @column claims claims
// @reach from product along exposed_to_product at company_id as tier
UNWIND $holdings AS wanted
MATCH (c:Company)
WHERE c.id = wanted AND c.id IN $reached
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, [''] AS claims
ORDER BY company_id
