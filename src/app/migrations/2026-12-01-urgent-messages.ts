/**
 * What is owed is claimed in order, ten at a time, also of 200,000 that became due at one moment: the order needs the id in
 * its index. Urgent kinds are found by theirs, whatever else waits; which kinds those are is said in the program.
 */
export const urgentMessages = {
  name: "2026-12-01-urgent-messages",
  up: `
drop index messages_due;
create index messages_due on messages (next_attempt_at, id) where state = 'pending';
create index messages_due_of_kind on messages (template, next_attempt_at, id) where state = 'pending';
`,
};
