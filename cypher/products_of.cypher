// What a company makes and uses.
// @param company Company.id  The company.
// @param as_of date = today  The day asked about.
// @column link text  MAKES or USES.
// @column product_id Product.id
// @column product Product.name
// @column level Product.level
// @column role text  What the company does for the product, or uses it for.
// @column share MAKES.share
// @column status MAKES.status
// @column claims claims
// @newest share; status
MATCH (c:Company)-[r:MAKES]->(p:Product)
WHERE c.id = $company AND r.since <= $as_of AND r.until >= $as_of
RETURN 'MAKES' AS link, p.id AS product_id, p.name AS product, p.level AS level, r.role AS role,
    r.share AS share,
    r.status AS status, [r.id] AS claims, r.since AS since, r.certainty AS certainty, r.source AS source
ORDER BY product_id, role, r.id
UNION ALL
MATCH (c:Company)-[r:USES]->(p:Product)
WHERE c.id = $company AND r.since <= $as_of AND r.until >= $as_of
RETURN 'USES' AS link, p.id AS product_id, p.name AS product, p.level AS level, r.role AS role,
    CASE WHEN false THEN 0.0 END AS share, '' AS status, [r.id] AS claims, r.since AS since,
    r.certainty AS certainty, r.source AS source
ORDER BY product_id, role, r.id
