// Who belongs to a segment or to a part of it, and why.
// @param segment Segment.id  The segment.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column country Company.country
// @column segment_id Segment.id  The segment asked for, or a part of it.
// @column segment Segment.name
// @column tier integer  0 is the segment itself, 1 a part of it.
// @column reasons text[]  Why, or in which lists.
// @column claims claims
// @reach from segment along narrower at segment_id as tier
UNWIND $reached AS wanted
MATCH (c:Company)-[r:IN_SEGMENT]->(s:Segment)
WHERE s.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, c.country AS country, s.id AS segment_id,
    s.name AS segment, [r.reason] AS reasons, [r.id] AS claims
ORDER BY company_id, segment_id, r.id
