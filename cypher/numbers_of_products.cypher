// Every number that sources give for what a company makes.
// `numbers` tells those of the company itself.
// @param company Company.id  The company.
// @param metric REPORTS.metric = any  Only this metric.
// @param source Source.id = any  Only what this source reports.
// @param as_of date = today  The day asked about.
// @column product_id Product.id  What the company makes.
// @column product Product.name
// @column metric REPORTS.metric
// @column aspect REPORTS.aspect
// @column period REPORTS.period
// @column value REPORTS.value
// @column unit REPORTS.unit
// @column text REPORTS.text
// @column certainty REPORTS.certainty
// @column sources Source.title[]
// @column claims claims
MATCH (c:Company)-[m:MAKES]->(p:Product)
WHERE c.id = $company AND m.since <= $as_of AND m.until >= $as_of
WITH p.id AS made, collect(m.id) AS makings
MATCH (s:Source)-[r:REPORTS]->(o:Product)
WHERE o.id = made AND ($metric = '' OR r.metric = $metric) AND ($source = '' OR s.id = $source)
    AND r.since <= $as_of AND r.until >= $as_of
RETURN o.id AS product_id, o.name AS product, r.metric AS metric, r.aspect AS aspect, r.period AS period,
    r.value AS value, r.unit AS unit, r.text AS text, r.certainty AS certainty, [s.title] AS sources,
    makings + [r.id] AS claims
ORDER BY product_id, metric, aspect, period, value, unit, certainty, r.id
