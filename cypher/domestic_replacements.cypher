// Who in a country could replace a foreign company: whom a source sets against it or its products, who makes the same,
// and who makes another kind of the same.
// Whoever only lets a product, or only makes it for others as a foundry, offers no replacement for it.
// @param company Company.id  The company to replace.
// @param country Company.country = CN  The country.
// @param as_of date = today  The day asked about.
// @column product_id Product.id  What the company makes; unknown where it is set against the other as a whole.
// @column product Product.name
// @column replacement_id Company.id  Who could replace it there.
// @column replacement Company.name
// @column tickers Company.tickers
// @column alternative_id Product.id  With what.
// @column alternative Product.name
// @column why text  RIVAL (a source sets it against it), SAME (the same product) or SAME KIND (another kind).
// @column status MAKES.status
// @column claims claims
// @newest status
MATCH (f:Company)-[t:COMPETES_WITH]-(c:Company)
WHERE f.id = $company AND c.id <> $company AND c.country = $country AND t.since <= $as_of AND t.until >= $as_of
RETURN '' AS product_id, '' AS product, c.id AS replacement_id, c.name AS replacement, c.tickers AS tickers,
    '' AS alternative_id, '' AS alternative, 'RIVAL' AS why, '' AS status, [t.id] AS claims, t.since AS since,
    t.certainty AS certainty, t.source AS source
ORDER BY replacement_id, t.id
UNION ALL
MATCH (f:Company)-[m:MAKES]->(x:Product)
WHERE f.id = $company AND m.since <= $as_of AND m.until >= $as_of
WITH x.id AS product_id, x.name AS product, m.id AS made
MATCH (p:Product)-[t:COMPETES_WITH]-(q:Product)
WHERE p.id = product_id AND q.id <> product_id AND t.since <= $as_of AND t.until >= $as_of
WITH product_id, product, made, q.id AS rival, t.id AS claim_1
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = rival AND c.country = $country AND c.id <> $company
    AND NOT coalesce(r.role, '') IN ['lessor', 'foundry'] AND r.since <= $as_of AND r.until >= $as_of
RETURN product_id, product, c.id AS replacement_id, c.name AS replacement, c.tickers AS tickers,
    k.id AS alternative_id, k.name AS alternative, 'RIVAL' AS why, r.status AS status, [made, r.id, claim_1]
    AS claims, r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY product_id, replacement_id, alternative_id, made, r.id, claim_1
UNION ALL
MATCH (f:Company)-[m:MAKES]->(p:Product)
WHERE f.id = $company AND m.since <= $as_of AND m.until >= $as_of
WITH p.id AS product_id, p.name AS product, m.id AS made
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = product_id AND c.country = $country AND c.id <> $company
    AND NOT coalesce(r.role, '') IN ['lessor', 'foundry'] AND r.since <= $as_of AND r.until >= $as_of
RETURN product_id, product, c.id AS replacement_id, c.name AS replacement, c.tickers AS tickers,
    k.id AS alternative_id,
    k.name AS alternative, 'SAME' AS why, r.status AS status, [made, r.id] AS claims, r.since AS since,
    r.certainty AS certainty, r.source AS source
ORDER BY product_id, replacement_id, alternative_id, made, r.id
UNION ALL
MATCH (f:Company)-[m:MAKES]->(x:Product)
WHERE f.id = $company AND m.since <= $as_of AND m.until >= $as_of
WITH x.id AS product_id, x.name AS product, m.id AS made
MATCH (p:Product)-[t:TYPE_OF]->(g:Product)<-[s:TYPE_OF]-(q:Product)
WHERE p.id = product_id AND q.id <> p.id
WITH product_id, product, made, q.id AS other, t.id AS claim_1, s.id AS claim_2, t.since AS since_1,
    t.until AS until_1,
    s.since AS since_2, s.until AS until_2
WHERE since_1 <= $as_of AND until_1 >= $as_of AND since_2 <= $as_of AND until_2 >= $as_of
OPTIONAL MATCH (a:Product)-[n:TYPE_OF|GOES_INTO]->(b:Product)
WHERE a.id = product_id AND b.id = other
WITH product_id, product, made, other, claim_1, claim_2, count(n.id) AS contained
WHERE contained = 0
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = other AND c.country = $country AND c.id <> $company
    AND NOT coalesce(r.role, '') IN ['lessor', 'foundry'] AND r.since <= $as_of AND r.until >= $as_of
RETURN product_id, product, c.id AS replacement_id, c.name AS replacement, c.tickers AS tickers,
    k.id AS alternative_id,
    k.name AS alternative, 'SAME KIND' AS why, r.status AS status, [made, r.id, claim_1, claim_2] AS claims,
    r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY product_id, replacement_id, alternative_id, made, r.id, claim_1, claim_2
