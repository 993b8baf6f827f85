/** Lists of versions ask which of them the record corrects: a few events of a stream that everything else fills. */
export const correctedVersions = {
  name: "2026-12-02-corrected-versions",
  up: `
create index audit_events_corrected_versions on audit_events (seq) where type = 'configuration.corrected';
`,
};
