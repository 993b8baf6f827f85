/** What applicant and office said to each other, as the applicant may read it: internal things are not in it. */
import { attachmentsIn } from "../domain/attachments/attachment.js";
import type { CaseEvent } from "../domain/case-event.js";
import type { Language } from "../domain/text.js";
import type { FollowedApplication } from "../services.js";

type Turn = FollowedApplication["conversation"][number];
type Said = Pick<CaseEvent, "type" | "at" | "data">;

const written = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** The reason as it was told then, and what was added. */
function rejectionOf({ told, explanation }: CaseEvent["data"], language: Language): string | null {
  const reason = written((told as Readonly<Partial<Record<Language, unknown>>> | null)?.[language]);
  const parts = [reason, written(explanation)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join("\n\n");
}

const turns: Readonly<
  Partial<
    Record<CaseEvent["type"], { kind: Turn["kind"]; text: (data: CaseEvent["data"], l: Language) => string | null }>
  >
> = {
  "applicant.asked": { kind: "question", text: ({ question }) => written(question) },
  "applicant.replied": { kind: "reply", text: ({ reply }) => written(reply) },
  "case.answered": { kind: "answer", text: ({ answer }) => written(answer) },
  "case.rejected": { kind: "rejection", text: rejectionOf },
};

/** An answer counts once it took effect: what quality review holds back or sent back is not shown. */
export function conversationOf(events: readonly Said[], language: Language): Turn[] {
  const shown: Turn[] = [];
  let held: Turn | null = null;
  for (const { type, at, data } of events) {
    const turn = turns[type];
    const text = turn?.text(data, language) ?? null;
    if (turn !== undefined && text !== null) {
      const said = { at, kind: turn.kind, text, shared: false, attachments: attachmentsIn(data) };
      if (turn.kind === "answer") held = said;
      else shown.push(said);
    }
    if (type === "case.resolved" && held !== null) {
      shown.push(held);
      held = null;
    }
  }
  return shown;
}

/** Of the conversation of another application only what its office decided, with the files of it: that is said to whoever sent the same. */
export function sharedTurns(events: readonly Said[], language: Language): Turn[] {
  return conversationOf(events, language)
    .filter(({ kind }) => kind === "answer" || kind === "rejection")
    .map((turn) => ({ ...turn, shared: true }));
}
