// Which companies of a segment, or of a part of it, are exposed to a product, and through what.
// The claims are those of the whole way: membership, and every hop from the product to the company.
// @param segment Segment.id  The segment.
// @param product Product.id  The product.
// @param max_tier integer = 12  How far to go.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column segment_id Segment.id  The segment asked for, or a part of it.
// @column segment Segment.name
// @column tier integer  1 has to do with the product itself, 2 with what it goes into.
// @column one_of widest  How many known kinds the most general product on the way has; else 1.
// @column route route  From the product to the company.
// @column claims claims
// @reach from product along exposed_to_product at company_id as tier
// @pairs segments from segment along narrower
UNWIND $segments AS pair
MATCH (c:Company)-[r:IN_SEGMENT]->(s:Segment)
WHERE s.id = pair.id AND r.since <= $as_of AND r.until >= $as_of
WITH c.id AS company_id, c.name AS company, c.tickers AS tickers, s.id AS segment_id, s.name AS segment,
    r.id AS claim
WHERE company_id IN $reached
RETURN company_id, company, tickers, segment_id, segment, [claim] AS claims
ORDER BY company_id, segment_id, claim
