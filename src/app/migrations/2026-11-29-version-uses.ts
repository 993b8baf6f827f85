/** How often each version was used is counted up to a bound, however many decisions there are. */
export const versionUses = {
  name: "2026-11-29-version-uses",
  up: `
create index decisions_by_version on decisions (version_id);
create index cases_by_workflow_version on cases (workflow_version_id);
create index clocks_by_calendar_version on clocks (calendar_version_id);
`,
};
