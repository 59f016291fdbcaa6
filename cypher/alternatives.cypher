// What can stand in for a product: other kinds of the same, its own kinds, parts of the same alternative group, and
// what a source calls a competitor.
// @param product Product.id  The product to replace.
// @param as_of date = today  The day asked about.
// @column alternative_id Product.id
// @column alternative Product.name
// @column level Product.level
// @column why text  SAME KIND, KIND OF IT, SAME PLACE (an alternative part) or COMPETES_WITH.
// @column common_id Product.id  The general product, or the whole in which they take the same place.
// @column common Product.name
// @column claims claims
MATCH (p:Product)-[r:TYPE_OF]->(g:Product)<-[s:TYPE_OF]-(q:Product)
WHERE p.id = $product AND q.id <> p.id
WITH q.id AS alternative_id, q.name AS alternative, q.level AS level, g.id AS common_id, g.name AS common,
    r.id AS claim_1, s.id AS claim_2, r.since AS since_1, r.until AS until_1, s.since AS since_2,
    s.until AS until_2
WHERE since_1 <= $as_of AND until_1 >= $as_of AND since_2 <= $as_of AND until_2 >= $as_of
RETURN alternative_id, alternative, level, 'SAME KIND' AS why, common_id, common, [claim_1, claim_2] AS claims
ORDER BY alternative_id, common_id, claim_1, claim_2
UNION ALL
MATCH (q:Product)-[r:TYPE_OF]->(p:Product)
WHERE p.id = $product AND r.since <= $as_of AND r.until >= $as_of
RETURN q.id AS alternative_id, q.name AS alternative, q.level AS level, 'KIND OF IT' AS why, p.id AS common_id,
    p.name AS common, [r.id] AS claims
ORDER BY alternative_id, r.id
UNION ALL
MATCH (p:Product)-[r:GOES_INTO]->(w:Product)<-[s:GOES_INTO]-(q:Product)
WHERE p.id = $product AND q.id <> p.id
WITH q.id AS alternative_id, q.name AS alternative, q.level AS level, w.id AS common_id, w.name AS common,
    r.id AS claim_1, s.id AS claim_2, r.since AS since_1, r.until AS until_1, s.since AS since_2,
    s.until AS until_2,
    r.alternative_group AS group_1, s.alternative_group AS group_2
WHERE group_1 = group_2 AND since_1 <= $as_of AND until_1 >= $as_of AND since_2 <= $as_of AND until_2 >= $as_of
RETURN alternative_id, alternative, level, 'SAME PLACE' AS why, common_id, common, [claim_1, claim_2] AS claims
ORDER BY alternative_id, common_id, claim_1, claim_2
UNION ALL
MATCH (p:Product)-[r:COMPETES_WITH]-(q:Product)
WHERE p.id = $product AND q.id <> p.id AND r.since <= $as_of AND r.until >= $as_of
RETURN q.id AS alternative_id, q.name AS alternative, q.level AS level, 'COMPETES_WITH' AS why, '' AS common_id,
    '' AS common, [r.id] AS claims
ORDER BY alternative_id, r.id
