// How a claim came to be: the claims whose place it took, one before the other, and the loads that replaced them.
// @param about claim  The claim as it stands now.
// @param as_of date = today  The day asked about.
// @column tier integer  1 is the claim that it replaced.
// @column earlier_id claim
// @column replaced_id claim  By which it was replaced.
// @column at Load.at  When.
// @column type text  Its link type.
// @column was text  All that was stored of it, as JSON.
// @walk from about via replaced_id to earlier_id as tier
UNWIND $frontier AS wanted
MATCH (x:Before), (l:Load)
WHERE x.replaced_by = wanted AND l.id = x.load
RETURN x.record AS earlier_id, x.replaced_by AS replaced_id, l.at AS at, x.type AS type, x.was AS was
ORDER BY earlier_id, replaced_id, at, x.id
