/** One way to look at and edit a rule set, workflow, calendar, letter or digest, and what it is given. */
import type { ComponentType } from "react";
import type { PolicyVocabulary } from "../../engine/explain/policy-vocabulary.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Words } from "../../platform/ui/kit.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";

/** What is opened. */
export interface PolicyThing {
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
}

export interface PolicyFault {
  /** JSON pointer into the definition: `/rules/3/conditions`. */
  readonly field: string;
  readonly reason: Bilingual;
  readonly severity: "error" | "warning";
  /** A rule that would correct it. */
  readonly proposed?: object | undefined;
  /** Where in the text at that place, from 1. */
  readonly at?: { readonly line: number; readonly column: number } | undefined;
}

export interface PolicyPartProps {
  readonly thing: PolicyThing;
  /** As it is now, parsed: what was typed last where it is edited. It may be of any form, as somebody may write JSON by hand. */
  readonly definition: unknown;
  /** The definition of the version in force; null where none is. */
  readonly inForce: object | null;
  /** The whole definition as it shall be. Left out: it may only be looked at. */
  readonly onChange?: ((definition: object) => void) | undefined;
  /** Whether whoever looks is of those who publish here: they may try out what waits for their approval, though it is locked. */
  readonly mayPublish: boolean;
  /** Faults of the definition, as far as it has been checked. */
  readonly faults: readonly PolicyFault[];
  readonly vocabulary: PolicyVocabulary;
  /** The change-set that the text is written in, by whose set-up it is tried; null: the set-up in force. */
  readonly changeSet: number | null;
}

export interface PolicyPart {
  /** In the address: `part=routes`. */
  readonly id: string;
  readonly label: Words;
  /** Parts that edit stand before the text, in order of this table; those that try it out, behind the examples. */
  readonly place: "editor" | "trial";
  readonly of: (thing: PolicyThing) => boolean;
  readonly Component: ComponentType<PolicyPartProps>;
}
