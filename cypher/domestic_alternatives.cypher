// Who in a country makes what can stand in for a product: what a source sets against it, the product itself or a kind
// of it, and other kinds of the same.
// Whoever only lets a product, or only makes it for others as a foundry, offers no alternative to it.
// @param product Product.id  The product to replace.
// @param country Company.country = CN  The country.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column alternative_id Product.id  What it makes.
// @column alternative Product.name
// @column why text  RIVAL (a source sets it against it), SAME (it or a kind of it) or SAME KIND (another kind).
// @column role MAKES.role
// @column share MAKES.share
// @column status MAKES.status
// @column claims claims
// @newest share; status
// @pairs kinds from product along narrower
UNWIND $kinds AS pair
MATCH (p:Product)-[t:COMPETES_WITH]-(q:Product)
WHERE p.id = pair.id AND q.id <> pair.id AND t.since <= $as_of AND t.until >= $as_of
WITH q.id AS rival, t.id AS claim_1, pair.id AS kind, pair.claims AS kind_claims
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = rival AND c.country = $country AND NOT coalesce(r.role, '') IN ['lessor', 'foundry']
    AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, k.id AS alternative_id,
    k.name AS alternative, 'RIVAL' AS why, r.role AS role, r.share AS share, r.status AS status, [r.id,
    claim_1] + kind_claims AS claims, r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY company_id, alternative_id, role, r.id, claim_1, kind
UNION ALL
UNWIND $kinds AS pair
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = pair.id AND c.country = $country AND NOT coalesce(r.role, '') IN ['lessor', 'foundry']
    AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, k.id AS alternative_id,
    k.name AS alternative, 'SAME' AS why, r.role AS role, r.share AS share, r.status AS status, [r.id] +
    pair.claims AS claims, r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY company_id, alternative_id, role, r.id
UNION ALL
MATCH (p:Product)-[t:TYPE_OF]->(g:Product)<-[s:TYPE_OF]-(q:Product)
WHERE p.id = $product AND q.id <> p.id
WITH q.id AS other, t.id AS claim_1, s.id AS claim_2, t.since AS since_1, t.until AS until_1,
    s.since AS since_2,
    s.until AS until_2
WHERE since_1 <= $as_of AND until_1 >= $as_of AND since_2 <= $as_of AND until_2 >= $as_of
OPTIONAL MATCH (a:Product)-[n:TYPE_OF|GOES_INTO]-(b:Product)
WHERE a.id = $product AND b.id = other
WITH other, claim_1, claim_2, count(n.id) AS of_each_other
WHERE of_each_other = 0
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = other AND c.country = $country AND NOT coalesce(r.role, '') IN ['lessor', 'foundry']
    AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, k.id AS alternative_id,
    k.name AS alternative, 'SAME KIND' AS why, r.role AS role, r.share AS share, r.status AS status, [r.id,
    claim_1, claim_2] AS claims,
    r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY company_id, alternative_id, role, r.id, claim_1, claim_2
