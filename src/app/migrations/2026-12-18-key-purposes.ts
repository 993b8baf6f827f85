/** What a channel's key opens. Keys that were issued before send applications, as they did. */
export const keyPurposes = {
  name: "2026-12-18-key-purposes",
  up: `
alter table channel_keys add column purpose text not null default 'applications' check (purpose in ('applications', 'figures'));
alter table channel_keys alter column purpose drop default;
`,
};
