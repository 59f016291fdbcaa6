// A metric over all that it is reported for, the highest first.
// Numbers of different aspects, units or periods do not compare; ask for one aspect and one period. What one source
// reports compares best: others may count otherwise, or on another day.
// @param metric REPORTS.metric  The metric.
// @param period REPORTS.period = any  Only this period.
// @param aspect REPORTS.aspect = any  Only this aspect, as it is written.
// @param source Source.id = any  Only what this source reports.
// @param as_of date = today  The day asked about.
// @column subject_id Node.id
// @column subject Node.name
// @column aspect REPORTS.aspect
// @column period REPORTS.period
// @column value REPORTS.value
// @column unit REPORTS.unit
// @column text REPORTS.text
// @column certainty REPORTS.certainty
// @column sources Source.title[]
// @column claims claims
MATCH (s:Source)-[r:REPORTS]->(o:Company|Product|Segment)
WHERE r.metric = $metric AND ($period = '' OR r.period = $period) AND ($aspect = '' OR r.aspect = $aspect)
    AND ($source = '' OR s.id = $source) AND r.since <= $as_of AND r.until >= $as_of
RETURN o.id AS subject_id, o.name AS subject, r.aspect AS aspect, r.period AS period, r.value AS value,
    r.unit AS unit, r.text AS text, r.certainty AS certainty, [s.title] AS sources, [r.id] AS claims
ORDER BY r.value IS NULL, value DESC, subject_id, aspect, period, unit, certainty, r.id
