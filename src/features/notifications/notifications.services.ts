/** What letters and messages offer to doors. */
import type { LetterService } from "./letter-service.js";
import type { MailReader } from "./mail-reader.js";
import type { Resending, Resent } from "./resend-message.js";

declare module "../../platform/services.js" {
  interface Services {
    /** Messages as they read: listed, shown. */
    readonly mail: MailReader;
    /** Letters and digests that are being written: how they would read, and tests of them. */
    readonly letters: LetterService;
  }
  interface OperationServices {
    /** False without a mail server: letters are kept. */
    readonly canSend: boolean;
    /** Problems: not-found, forbidden, not-now. */
    readonly resend: (a: Resending) => Promise<Resent>;
  }
}
