/** What intake offers to doors. */
import type { Actor } from "../../engine/access/permissions.js";
import type { Drafts } from "../../engine/applicant/application-drafts.js";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { ActDrafts } from "../../engine/lifecycle/act-drafts.js";
import type { Tries } from "../cases/act/applicant-tries.js";
import type { ChannelKey, SentKey } from "../people/channel-key-store.js";
import type { Keys } from "./channel-keys.js";
import type { ImportRequest, ImportSummary } from "./import/import-history.js";
import type { PublicPages } from "./public-pages.js";
import type { ReceivedApplication } from "./receive-application.js";
import type { Suggestions } from "./suggestions.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly intake: {
      channelOfKey(key: string): Promise<SentKey | null>;
      /** Problem unauthenticated when the key was revoked since it was looked up last, in any instance. */
      stillGood(key: SentKey): Promise<void>;
      /** Problems: invalid-input with a fault a field, idempotency-conflict, unavailable. */
      receive(a: {
        input: unknown;
        key: ChannelKey;
        idempotencyKey: string | null;
        now: Date;
        /** Ids of staged files, and the form's draft in which they were staged; without one the key itself staged them. */
        attachments?: readonly string[] | undefined;
        draft?: string | undefined;
        /** The official who typed it for a caller. */
        typedBy?: Actor | undefined;
      }): Promise<ReceivedApplication>;
    };
    /** Keys of channels. */
    readonly keys: Keys;
    readonly publicPages: PublicPages &
      Suggestions & {
        /** Whether text messages are offered to applicants: where none can leave, nobody is promised one. */
        readonly offersTexts: boolean;
        readonly drafts: Drafts;
        readonly actDrafts: ActDrafts;
        readonly tries: Tries;
        readonly receiptOf: (
          reference: string,
        ) => Promise<{ readonly state: string; readonly way: ApplicantWay } | null>;
      };
    readonly history: {
      /** Problems: invalid-input (the file or the mapping cannot be read, or the mapping has faults). */
      importFile(request: ImportRequest): Promise<ImportSummary>;
    };
  }
}
