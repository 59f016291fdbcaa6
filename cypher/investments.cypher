// Who puts money into a company, product or segment, and where a company puts its own.
// @param about Company.id|Product.id|Segment.id  Investor or target.
// @param as_of date = today  The day asked about.
// @column investor_id Company.id
// @column investor Company.name
// @column target_id Node.id
// @column target Node.name
// @column round INVESTS_IN.round
// @column amount INVESTS_IN.amount
// @column currency INVESTS_IN.currency
// @column amount_cny INVESTS_IN.amount_cny
// @column status INVESTS_IN.status
// @column valid_from INVESTS_IN.valid_from
// @column certainty INVESTS_IN.certainty  Of the newest claim.
// @column note INVESTS_IN.note  Who leads, what the round comes to, what it is for.
// @column claims claims
// @newest amount currency amount_cny; status; certainty; note
MATCH (a:Company)-[r:INVESTS_IN]->(b:Company|Product|Segment)
WHERE (a.id = $about OR b.id = $about) AND r.since <= $as_of AND r.until >= $as_of
RETURN a.id AS investor_id, a.name AS investor, b.id AS target_id, b.name AS target, r.round AS round,
    r.amount AS amount,
    r.currency AS currency, r.amount_cny AS amount_cny, r.status AS status, r.valid_from AS valid_from,
    r.certainty AS certainty, r.note AS note, [r.id] AS claims, r.since AS since, r.source AS source
ORDER BY investor_id, target_id, round, valid_from, r.id
