/**
 * Letters and digests are versions like rules. A message keeps the version whose words it was written for, whatever is
 * published before it leaves, and why those words could not be used where they could not.
 */
export const lettersAsPolicy = {
  name: "2026-11-28-letters-as-policy",
  up: `
alter table configuration_versions drop constraint configuration_versions_kind_check;
alter table configuration_versions add constraint configuration_versions_kind_check
  check (kind in ('rules', 'workflow', 'calendar', 'message', 'digest'));
alter table messages
  add column wording_id integer references configuration_versions,
  add column wording_fault text;
create index tests_of_letters on messages (receiver_user, created_at) where (data->'test') is not null;
`,
};
