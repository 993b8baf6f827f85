/** The file that answers an extra field: the field keeps its id, the event that received the application the rest. */
import { type Attachment, attachmentsIn } from "../../../engine/files/attachment.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import type { ExtraField } from "../../../engine/setup/setup.js";

/** Undefined where the field asks for no file, or no event names it. */
export function fileAnswering(
  questions: readonly ExtraField[],
  code: string,
  value: unknown,
  events: readonly Pick<CaseEvent, "data">[],
): Attachment | undefined {
  if (questions.find((question) => question.code === code)?.type !== "file") return undefined;
  return events.flatMap(({ data }) => attachmentsIn(data)).find(({ id }) => id === value);
}
