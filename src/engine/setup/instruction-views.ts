/** What screens show of the register of instructions. Moments are ISO strings: these go to a browser as they are. */

import type { Bilingual } from "../text/text.js";
import type { InstructionState } from "./instructions.js";
import type { FileOfInstruction } from "./setup.js";

interface Named {
  readonly code: string;
  readonly name: Bilingual;
}

/** One of the register, in the reach of whoever reads. */
export interface InstructionLine {
  readonly programme: string;
  readonly code: string;
  readonly number: string;
  readonly title: Bilingual;
  readonly issuedOn: string;
  readonly inForceFrom: string;
  readonly state: InstructionState;
  /** Entities for which the reader may acknowledge it and nobody has. */
  readonly mine: readonly Named[];
  /** Of all it is addressed to, for whoever reads the whole register; null for others. */
  readonly standing: { readonly acknowledged: number; readonly addressed: number } | null;
}

export interface InstructionEntity {
  readonly entity: Named;
  /** Null while nobody has. */
  readonly acknowledged: { readonly at: string; readonly by: string } | null;
  /** False: nobody sits there who could. */
  readonly manned: boolean;
  readonly remindedAt: string | null;
}

export interface InstructionView extends InstructionLine {
  readonly text: Bilingual;
  /** `here`: its bytes can be opened. */
  readonly file: (FileOfInstruction & { readonly here: boolean }) | null;
  readonly issuedAt: string | null;
  /** To whom it goes, in the words of the set-up; none: to all entities. */
  readonly addressed: readonly Named[];
  readonly replaces: { readonly code: string; readonly number: string; readonly title: Bilingual } | null;
  readonly replacedBy: { readonly code: string; readonly number: string; readonly title: Bilingual } | null;
  /** Of a whole reader all that it is addressed to, the missing first; of others what they sit at. */
  readonly entities: readonly InstructionEntity[];
  /** Rules that cite it, for whoever reads the configuration. */
  readonly citedBy: readonly { readonly words: Bilingual; readonly link: string }[];
  readonly mayEdit: boolean;
  /** Number of its row, with its history; null for whoever may not look into the set-up. */
  readonly record: number | null;
}

/** What waits for somebody to acknowledge it. */
export interface InstructionToAcknowledge extends Pick<InstructionLine, "programme" | "code" | "number" | "title"> {
  readonly entities: readonly Named[];
  readonly since: string;
}

/** An instruction that not all have acknowledged. */
export interface InstructionStanding extends Pick<InstructionLine, "programme" | "code" | "number" | "title"> {
  readonly acknowledged: number;
  readonly addressed: number;
  readonly since: string;
}
