// In which countries a product, or any kind of it, is made: makers counted by head office.
// A row without a country counts the makers whose head office is unknown.
// @param product Product.id  The product.
// @param as_of date = today  The day asked about.
// @column country Company.country
// @column makers integer
// @column companies Company.name[]
// @column claims claims
// @pairs kinds from product along narrower
UNWIND $kinds AS pair
MATCH (c:Company)-[r:MAKES]->(k:Product)
WHERE k.id = pair.id AND r.since <= $as_of AND r.until >= $as_of
UNWIND pair.claims AS kind_claim
WITH c.country AS country, count(DISTINCT c.id) AS makers, collect(DISTINCT c.name) AS companies,
    collect(DISTINCT r.id) AS made, collect(DISTINCT kind_claim) AS kinds
RETURN country, makers, companies, made + kinds AS claims
ORDER BY makers DESC, country
