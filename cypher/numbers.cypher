// Every number and rating that sources give for a node.
// @param about Company.id|Product.id|Segment.id  The node.
// @param metric REPORTS.metric = any  Only this metric.
// @param as_of date = today  The day asked about.
// @column metric REPORTS.metric
// @column period REPORTS.period
// @column value REPORTS.value
// @column unit REPORTS.unit
// @column text REPORTS.text
// @column certainty SUPPLIES.certainty
// @column sources Source.title[]
// @column claims claims
MATCH (s:Source)-[r:REPORTS]->(o:Company|Product|Segment)
WHERE o.id = $about AND ($metric = '' OR r.metric = $metric) AND r.since <= $as_of AND r.until >= $as_of
RETURN r.metric AS metric, r.period AS period, r.value AS value, r.unit AS unit, r.text AS text,
    r.certainty AS certainty, [s.title] AS sources, [r.id] AS claims
ORDER BY metric, period, value, unit, text, certainty, r.id
