// Which companies of a segment, or of a part of it, a source recommends, or rates.
// A list of recommendations counts for its own segment; being on it is no rating for the other segments of a company.
// @param segment Segment.id  The segment.
// @param as_of date = today  The day asked about.
// @column company_id Company.id
// @column company Company.name
// @column tickers Company.tickers
// @column segment_id Segment.id  The segment asked for, or a part of it.
// @column segment Segment.name
// @column says text  The reason of the list, or the rating.
// @column note text  Which list, or what goes with the rating.
// @column source_id Source.id
// @column source Source.title
// @column tier integer  0 is the segment itself, 1 a part of it.
// @column claims claims
// @reach from segment along narrower at segment_id as tier
UNWIND $reached AS wanted
MATCH (c:Company)-[r:IN_SEGMENT]->(s:Segment)
WHERE s.id = wanted AND r.since <= $as_of AND r.until >= $as_of
    AND (toLower(r.reason) CONTAINS 'recommend' OR r.reason CONTAINS '推荐' OR r.reason CONTAINS '建议关注')
MATCH (o:Source) WHERE o.id = r.source
RETURN c.id AS company_id, c.name AS company, c.tickers AS tickers, s.id AS segment_id, s.name AS segment,
    r.reason AS says, r.note AS note, o.id AS source_id, o.title AS source, [r.id] AS claims
ORDER BY company_id, segment_id, source_id, r.id
UNION ALL
UNWIND $reached AS wanted
MATCH (c:Company)-[r:IN_SEGMENT]->(s:Segment)
WHERE s.id = wanted AND r.since <= $as_of AND r.until >= $as_of
WITH c.id AS company_id, s.id AS segment_id, s.name AS segment, collect(r.id) AS member
MATCH (o:Source)-[q:REPORTS]->(d:Company)
WHERE d.id = company_id AND q.metric = 'rating' AND NOT coalesce(q.text, '') CONTAINS '建议关注'
    AND q.since <= $as_of AND q.until >= $as_of
RETURN company_id, d.name AS company, d.tickers AS tickers, segment_id, segment, q.text AS says,
    q.note AS note, o.id AS source_id, o.title AS source, member + [q.id] AS claims
ORDER BY company_id, segment_id, source_id, q.id
