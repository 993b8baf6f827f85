/** Calls are counted in time when that is decided: at the first try in time, or when what was promised falls due. */
export const callDecided = {
  name: "2026-12-24-call-decided",
  up: `
drop index call_backs_promised;
create index call_backs_decided on call_backs (programme, (least(promised_at, first_tried_at)));
`,
};
