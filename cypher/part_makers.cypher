// Who makes what goes into a product, at every tier down: who gains when it sells, and whom it needs.
// Kinds of a part are counted in. The share and the status are those of the newest claim that knows them.
// @param product Product.id  The whole.
// @param holdings Company.id[] = any  Only these companies, by name or ticker.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column depth integer  1 is a part of the product itself.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column country Company.country
// @column part_id Product.id
// @column part Product.name
// @column made_id Product.id  What the company makes: the part, or a kind of it.
// @column made Product.name
// @column role MAKES.role
// @column share MAKES.share
// @column status MAKES.status
// @column certainty MAKES.certainty  Of the newest claim that it makes this.
// @column route route  From the product to the part.
// @column claims claims
// @newest share; status; certainty
// @reach from product along bill_of_materials at part_id as depth
// @pairs parts from reached along narrower
UNWIND $parts AS pair
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = pair.id AND pair.root <> $product AND (size($holdings) = 0 OR c.id IN $holdings)
    AND r.since <= $as_of AND r.until >= $as_of
MATCH (p:Product) WHERE p.id = pair.root
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, c.country AS country, p.id AS part_id,
    p.name AS part, k.id AS made_id, k.name AS made, r.role AS role, r.share AS share, r.status AS status,
    r.certainty AS certainty, [r.id] + pair.claims AS claims, r.since AS since, r.source AS source
ORDER BY company_id, part_id, made_id, role, r.id
