/** What reviewers and moderators found becomes part of a vendor's standing. A disputed review waits for its decision. */
export const judgedVendors = {
  id: '009-judged-vendors',
  up: `
create or replace view vendor_score_cases as
  select site_id, vendor_id, conversation_id, coalesce(decided_at, finished_at) as at, score::numeric as value
  from reviews where vendor_id is not null and score is not null and state in ('finished', 'decided');

-- One case for each conversation in which the vendor wrote. What counts is what somebody has looked at: a flag or report
-- that was confirmed, a held message that was not let go.
create or replace view vendor_flag_cases as
  select c.site_id, c.vendor_id, c.conversation_id, c.started_at as at,
    (exists (
      select from events r where r.conversation_id = c.conversation_id and r.type = 'vendorMessageRejected')
    or exists (
      select from events r where r.conversation_id = c.conversation_id and r.type = 'flagsResolved'
        and r.payload->>'verdict' = 'confirmed' and exists (
          select from events f where f.conversation_id = c.conversation_id and f.seq < r.seq
            and (f.type = 'messageFlagged'
              or (f.type = 'conversationReported' and f.by->>'side' = 'customer'))
            and f.payload->>'messageId' is not distinct from r.payload->>'messageId'
            and (f.payload->>'messageId' is null or exists (
              select from events m where m.conversation_id = c.conversation_id and m.by->>'side' = 'vendor'
                and m.type in ('messageSent', 'vendorMessageHeld')
                and m.payload->>'messageId' = f.payload->>'messageId')))))::int::numeric as value
  from conversations c
  where c.vendor_id is not null and exists (
    select from events e where e.conversation_id = c.conversation_id and e.by->>'side' = 'vendor'
      and e.type in ('messageSent', 'vendorMessageHeld'));
`,
}
