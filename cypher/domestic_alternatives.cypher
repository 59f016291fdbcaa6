// Who in a country makes a product, a kind of it, or another kind of the same.
// @param product Product.id  The product to replace.
// @param country Company.country = CN  The country.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column alternative_id Product.id  What it makes.
// @column alternative Product.name
// @column why text  SAME (the product itself, or a kind of it) or SAME KIND (another kind of the same).
// @column role MAKES.role
// @column share MAKES.share
// @column status MAKES.status
// @column claims claims
// @newest share; status
// @pairs kinds from product along narrower
UNWIND $kinds AS pair
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = pair.id AND c.country = $country AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, k.id AS alternative_id,
    k.name AS alternative, 'SAME' AS why, r.role AS role, r.share AS share, r.status AS status, [r.id] +
    pair.claims AS claims, r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY company_id, alternative_id, role
UNION ALL
MATCH (p:Product)-[t:TYPE_OF]->(g:Product)<-[s:TYPE_OF]-(q:Product)
WHERE p.id = $product AND q.id <> p.id
WITH q.id AS other, t.id AS claim_1, s.id AS claim_2, t.since AS since_1, t.until AS until_1,
    s.since AS since_2,
    s.until AS until_2
WHERE since_1 <= $as_of AND until_1 >= $as_of AND since_2 <= $as_of AND until_2 >= $as_of
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = other AND c.country = $country AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, k.id AS alternative_id,
    k.name AS alternative, 'SAME KIND' AS why, r.role AS role, r.share AS share, r.status AS status, [r.id,
    claim_1, claim_2] AS claims,
    r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY company_id, alternative_id, role
