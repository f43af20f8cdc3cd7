/**
 * Two switches of the settings become rules of the roll-out, as sites had them. Revision 0 is what stood before anybody
 * changed anything there, so that the past is compared under it. The settings keep them for nodes that still read them.
 */
export const oneRollOut = {
  id: '018-one-roll-out',
  up: `
insert into rollouts (site_id, feature, revision, rule, changed_at, changed_by)
select s.site_id, was.feature, 0,
  '{"isKilled":false,"sharePercent":100,"vendorIds":[],"cohort":null,"holdOutPercent":0}'::jsonb,
  s.created_at, 'the settings'
from sites s
cross join lateral (values
  ('rooms.vendors', s.settings->'rooms'->>'vendors'),
  ('rooms.buyers', s.settings->'rooms'->>'buyers'),
  ('moderation.typingPreview', s.settings->'moderation'->>'typingPreview')
) as was(feature, is_on)
where was.is_on = 'true';

-- A rule that was written while the settings had the preview off was for nobody.
insert into rollouts (site_id, feature, revision, rule, changed_at, changed_by)
select r.site_id, r.feature, max(r.revision) + 1,
  (array_agg(r.rule order by r.revision desc))[1] || '{"isKilled":true}'::jsonb, now(), 'the settings'
from rollouts r join sites s on s.site_id = r.site_id
where r.feature = 'moderation.typingPreview'
  and coalesce(s.settings->'moderation'->>'typingPreview', 'false') <> 'true'
group by r.site_id, r.feature;
`,
}
