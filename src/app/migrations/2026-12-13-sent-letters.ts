/** Which letters to applicants were sent of late: the sums of figures ask for them each minute. */
export const sentLetters = {
  name: "2026-12-13-sent-letters",
  up: `
create index messages_sent_to_applicants on messages (sent_at) where receiver_case is not null;
`,
};
