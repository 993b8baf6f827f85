/** Letters that are held back: only somebody's act sends them. */
export const heldMessages = {
  name: "2026-11-26-held-messages",
  up: `
alter table messages drop constraint messages_state_check;
alter table messages add constraint messages_state_check check (state in ('pending','sent','kept','failed','held'));
`,
};
