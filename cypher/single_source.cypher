// What stands below a product and has one known maker: the parts, parts of parts and so on that only one company is
// known to make, kinds of them counted in.
// One known maker is not one maker: `blind_spots` says where nobody is known.
// @param product Product.id  The whole.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column depth integer  1 is a part of the product itself.
// @column part_id Product.id
// @column part Product.name
// @column maker_id Company.id  The only company known to make it.
// @column maker Company.name
// @column country Company.country
// @column route route  From the product to the part.
// @column claims claims
// @reach from product along bill_of_materials at part_id as depth
// @pairs parts from reached along narrower
UNWIND $parts AS pair
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = pair.id AND pair.root <> $product AND r.since <= $as_of AND r.until >= $as_of
UNWIND pair.claims AS kind_claim
WITH pair.root AS part_id, count(DISTINCT c.id) AS makers, min(c.id) AS maker_id,
    collect(DISTINCT r.id) AS made,
    collect(DISTINCT kind_claim) AS kinds
WHERE makers = 1
MATCH (p:Product) WHERE p.id = part_id
MATCH (m:Company) WHERE m.id = maker_id
RETURN part_id, p.name AS part, maker_id, m.name AS maker, m.country AS country, made + kinds AS claims
ORDER BY part_id
