// How much each source says about each segment: claims that a member of the segment has part in.
// A claim counts in every segment that one of its ends belongs to; the row without a segment counts all that the source
// says, once.
// @param as_of date = today  The day asked about.
// @column source_id Source.id
// @column source Source.title
// @column segment_id Segment.id
// @column segment Segment.name
// @column claim_count integer
MATCH (n:Company|Product)-[i:IN_SEGMENT]->(s:Segment)
WHERE i.since <= $as_of AND i.until >= $as_of
WITH DISTINCT n.id AS node_id, s.id AS segment_id, s.name AS segment
MATCH (m:Company|Product)-[r]-(b)
WHERE m.id = node_id AND r.since <= $as_of AND r.until >= $as_of
WITH r.source AS source_id, segment_id, segment, count(DISTINCT r.id) AS claim_count
MATCH (o:Source) WHERE o.id = source_id
RETURN source_id, o.title AS source, segment_id, segment, claim_count
ORDER BY source_id, segment_id
UNION ALL
MATCH (a)-[r]->(b)
WHERE r.since <= $as_of AND r.until >= $as_of
WITH r.source AS source_id, count(r.id) AS claim_count
MATCH (o:Source) WHERE o.id = source_id
RETURN source_id, o.title AS source, '' AS segment_id, '' AS segment, claim_count
ORDER BY source_id
