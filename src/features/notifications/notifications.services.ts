/** What letters and messages offer to doors. */
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { LetterService } from "./letter-service.js";
import type { MailReader } from "./mail-reader.js";
import type { Resending, Resent } from "./resend-message.js";
import type { SmsCallbacks } from "./sms-callbacks.js";

declare module "../../platform/services.js" {
  interface Services {
    /** Messages as they read: listed, shown. */
    readonly mail: MailReader;
    /** Where the gateway of text messages calls back; null: nowhere. */
    readonly smsCallbacks: SmsCallbacks | null;
    /** Letters and digests that are being written: how they would read, and tests of them. */
    readonly letters: LetterService;
  }
  interface OperationServices {
    /** False without a mail server, without a gateway of text messages: messages are kept. */
    readonly canSend: Readonly<Record<ApplicantWay, boolean>>;
    /** Problems: not-found, forbidden, not-now. */
    readonly resend: (a: Resending) => Promise<Resent>;
  }
}
