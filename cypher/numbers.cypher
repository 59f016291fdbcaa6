// Every number and rating that sources give for a node.
// @param about Company.id|Product.id|Segment.id  The node.
// @param metric REPORTS.metric = any  Only this metric.
// @param source Source.id = any  Only what this source reports.
// @param as_of date = today  The day asked about.
// @column metric REPORTS.metric
// @column aspect REPORTS.aspect
// @column period REPORTS.period
// @column value REPORTS.value
// @column unit REPORTS.unit
// @column text REPORTS.text
// @column certainty REPORTS.certainty
// @column sources Source.title[]
// @column claims claims
MATCH (s:Source)-[r:REPORTS]->(o:Company|Product|Segment)
WHERE o.id = $about AND ($metric = '' OR r.metric = $metric) AND ($source = '' OR s.id = $source)
    AND r.since <= $as_of AND r.until >= $as_of
RETURN r.metric AS metric, r.aspect AS aspect, r.period AS period, r.value AS value, r.unit AS unit,
    r.text AS text, r.certainty AS certainty, [s.title] AS sources, [r.id] AS claims
ORDER BY metric, aspect, period, value, unit, certainty, r.id
