/** Tells the operation room once that a published letter cannot be written: until it is mended the shipped one is sent. */
import { insertMessages } from "../db/message-store.js";
import type { Database } from "../db/query.js";
import type { MessageIntent } from "../domain/notifications/message-intent.js";
import { messageNames } from "../domain/notifications/message-names.js";
import type { Setup } from "../domain/setup.js";
import { operationRoomAt } from "../domain/setup-references.js";

export async function warnOfWording(
  db: Database,
  a: { setup: Setup; wordingId: number; template: string; now: Date },
): Promise<void> {
  const { setup, wordingId, template, now } = a;
  const name = messageNames[template] ?? { en: template, ar: template };
  const message = {
    en: `${name.en}: the text that was published could not be filled in. Letters go out as they ship until it is mended.`,
    ar: `${name.ar}: تعذّر ملء النص المنشور. تُرسل الرسائل بنصها الأصلي إلى أن يُصحَّح.`,
  };
  const intents = operationRoomAt(setup, now).map(
    ({ userId, language }): MessageIntent => ({
      template: "operation-room-alert",
      receiver: { kind: "user", userId },
      language,
      data: { kind: "wording-failed", message },
      key: `wording/${wordingId}/user/${userId}`,
    }),
  );
  await insertMessages(db, { programme: setup.programme.code, intents, now });
}
