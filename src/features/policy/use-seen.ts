/** What a change-set said when a dialog of it was opened: what is put there stands instead of that, and of nothing else. */
import { useState } from "react";
import { type ProblemBody, read, withQuery } from "../../platform/ui/kit.js";
import type { ChangeSetView } from "./change-sets/change-set.page.js";
import type { Edit, OpenedSet } from "./change-sets/change-set-content.js";

interface Seen {
  /** Null: nothing of that row. */
  readonly seenOf: (table: string, code: string) => Edit["edit"] | null;
  /** Whoever was told what somebody wrote meanwhile has seen it, and may put theirs there from then on. */
  readonly onRefused: (problem: ProblemBody) => boolean;
}

export function useSeen(programme: string, set: OpenedSet): Seen {
  const [listed, setListed] = useState(set.listed);
  return {
    seenOf: (table, code) => listed.find((one) => one.table === table && one.code === code)?.edit ?? null,
    onRefused: ({ code }) => {
      if (code === "conflict")
        read<ChangeSetView>(withQuery("pages/change-set", { programme, id: set.id }))
          .then(({ opened }) => opened !== null && setListed(opened.listed))
          // What could not be read is asked for at the next refusal.
          .catch(() => undefined);
      return false;
    },
  };
}
