// What a company owns, and what that owns.
// @param company Company.id  The owner.
// @param max_tier integer = 6  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is owned by the company itself.
// @column owned_id Company.id
// @column owned Company.name
// @column stake OWNS.stake
// @column certainty OWNS.certainty  Of the claim that the stake is from.
// @column owner_id Company.id  By whom.
// @column owner Company.name
// @column claims claims
// @newest stake certainty
// @walk from company via owner_id to owned_id as tier, every hop
UNWIND $frontier AS wanted
MATCH (a:Company)-[r:OWNS]->(b:Company)
WHERE a.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN b.id AS owned_id, b.name AS owned, r.stake AS stake, r.certainty AS certainty, a.id AS owner_id, a.name AS owner,
    [r.id] AS claims, r.since AS since, r.source AS source
ORDER BY owned_id, owner_id, r.id
