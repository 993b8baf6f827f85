/** Which kinds of channels there are is said in `engine/setup/channel-kinds.ts` alone; files and forms are checked by it. */
export const channelKinds = {
  name: "2026-12-03-channel-kinds",
  up: `
alter table channels drop constraint channels_kind_check;
`,
};
