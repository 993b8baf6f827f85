/** The kinds of channels. A kind is a row here; the demo says how often it uses it (`app/demo/applicants.ts`). */

import { codesOf, memberOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

interface ChannelKindRow {
  readonly name: Bilingual;
  /** Applications of the public pages come by a channel of such a kind. */
  readonly isPublic: boolean;
  /** Nothing is received by it: what came before is imported. */
  readonly isImport: boolean;
  /** Agents type what they hear: an address or a number may be somebody else's by one wrong sound. */
  readonly isHeard: boolean;
}

const channelKinds = {
  web: { name: msg("setup.channelKinds.channelKindsWebName"), isPublic: true, isImport: false, isHeard: false },
  mobile: { name: msg("setup.channelKinds.channelKindsMobileName"), isPublic: false, isImport: false, isHeard: false },
  contactCentre: {
    name: msg("setup.channelKinds.channelKindsContactCentreName"),
    isPublic: false,
    isImport: false,
    isHeard: true,
  },
  chatbot: {
    name: msg("setup.channelKinds.channelKindsChatbotName"),
    isPublic: false,
    isImport: false,
    isHeard: false,
  },
  social: { name: msg("setup.channelKinds.channelKindsSocialName"), isPublic: false, isImport: false, isHeard: false },
  email: { name: msg("setup.channelKinds.channelKindsEmailName"), isPublic: false, isImport: false, isHeard: false },
  api: { name: msg("setup.channelKinds.channelKindsApiName"), isPublic: false, isImport: false, isHeard: false },
  // What officials ask of each other.
  office: { name: msg("setup.channelKinds.channelKindsOfficeName"), isPublic: false, isImport: false, isHeard: false },
  import: { name: msg("setup.channelKinds.channelKindsImportName"), isPublic: false, isImport: true, isHeard: false },
} as const satisfies Readonly<Record<string, ChannelKindRow>>;

export type ChannelKind = keyof typeof channelKinds;
const channelKindCodes = codesOf(channelKinds);
export const channelKindNames = memberOf<ChannelKind, ChannelKindRow, "name">(channelKinds, "name");

const kindsThat = (holds: (row: ChannelKindRow) => boolean): ReadonlySet<string> =>
  new Set(channelKindCodes.filter((kind) => holds(channelKinds[kind])));
const publicKinds = kindsThat(({ isPublic }) => isPublic);
const importKinds = kindsThat(({ isImport }) => isImport);
export const heardKinds = kindsThat(({ isHeard }) => isHeard);

/** By which officials ask each other. */
export const isOfficeKind = (kind: string): boolean => kind === "office";

/** Nothing comes by such a channel from outside, so no key opens it. */
export const isKeylessKind = (kind: string): boolean => importKinds.has(kind) || isOfficeKind(kind);

/** Checks ask it of any word; of one that is no kind it is false. */
export const isPublicKind = (kind: string): boolean => publicKinds.has(kind);
