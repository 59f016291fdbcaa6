// Who owns a company, and who owns the owners.
// @param company Company.id  The company.
// @param max_tier integer = 6  How far to go.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is an owner of the company itself.
// @column owner_id Company.id
// @column owner Company.name
// @column stake OWNS.stake
// @column certainty OWNS.certainty  Of the claim that the stake is from.
// @column owned_id Company.id  What of it or of its owners.
// @column owned Company.name
// @column claims claims
// @newest stake certainty
// @walk from company via owned_id to owner_id as tier, every hop
UNWIND $frontier AS wanted
MATCH (a:Company)-[r:OWNS]->(b:Company)
WHERE b.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN a.id AS owner_id, a.name AS owner, r.stake AS stake, r.certainty AS certainty, b.id AS owned_id, b.name AS owned,
    [r.id] AS claims, r.since AS since, r.source AS source
ORDER BY owner_id, owned_id, r.id
