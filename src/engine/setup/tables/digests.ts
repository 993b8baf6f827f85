/** Digests that go out: to whom, of which figures, how often and when, in which letter, and from where on they name a change. */

import { rolesGranted } from "../../access/permissions.js";
import { roleNames } from "../../access/roles.js";
import { weekdayNames } from "../../formatting/weekday-names.js";
import { digestLetterNames } from "../../letters/message-kinds.js";
import { msg } from "../../text/msg.js";
import type { Bilingual } from "../../text/text.js";
import { digestPeriods, digestScopes } from "../set-up-choices.js";
import { defineSetupTable } from "./define-setup-table.js";

/** Those who read figures: nobody is written what they could not look up. */
const readers: Readonly<Record<string, Bilingual>> = Object.fromEntries(
  [...rolesGranted("kpi.read")].map((role) => [role, roleNames[role]]),
);

export const digests = defineSetupTable({
  table: "digests",
  part: "digests",
  setup: "scheduledDigests",
  many: msg("setup.digests.many"),
  one: msg("setup.digests.one"),
  icon: "mail",
  order: 116,
  nameHelp: msg("setup.digests.nameHelp"),
  columns: {
    audience: {
      kind: "choices",
      choices: readers,
      min: 1,
      label: msg("setup.digests.audience"),
      help: msg("setup.digests.audienceHelp"),
      decides: true,
      list: true,
      required: true,
    },
    scope: {
      kind: "choice",
      choices: digestScopes,
      label: msg("setup.digests.scope"),
      help: msg("setup.digests.scopeHelp"),
      decides: true,
      list: true,
      required: true,
    },
    letter: {
      kind: "choice",
      choices: digestLetterNames,
      label: msg("setup.digests.letter"),
      help: msg("setup.digests.letterHelp"),
      decides: true,
      required: true,
    },
    period: {
      kind: "choice",
      choices: digestPeriods,
      label: msg("setup.digests.period"),
      decides: true,
      list: true,
      filter: true,
      required: true,
    },
    weekday: {
      kind: "choice",
      choices: weekdayNames,
      fallback: "sun",
      label: msg("setup.digests.weekday"),
      help: msg("setup.digests.weekdayHelp"),
      decides: true,
      required: true,
    },
    monthDay: {
      kind: "integer",
      min: 1,
      max: 31,
      fallback: 1,
      label: msg("setup.digests.monthDay"),
      help: msg("setup.digests.monthDayHelp"),
      decides: true,
    },
    hour: {
      kind: "integer",
      min: 0,
      max: 23,
      fallback: 8,
      label: msg("setup.digests.hour"),
      help: msg("setup.digests.hourHelp"),
      decides: true,
      list: true,
    },
    leastChange: {
      kind: "integer",
      min: 0,
      max: 100,
      fallback: 5,
      label: msg("setup.digests.leastChange"),
      help: msg("setup.digests.leastChangeHelp"),
      decides: true,
    },
    leastCases: {
      kind: "integer",
      min: 1,
      max: 10_000,
      fallback: 30,
      label: msg("setup.digests.leastCases"),
      help: msg("setup.digests.leastCasesHelp"),
      decides: true,
    },
  },
  heldBy: [],
  facts: [],
  optionalFile: true,
});
