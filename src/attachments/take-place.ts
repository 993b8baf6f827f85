/** How much may wait to be sent: of one owner, of the forms that anybody may begin, and of all together. */
import { takePlace, type Waiting, waitingOf } from "../db/attachment-places.js";
import type { Database } from "../db/query.js";
import { isDraft } from "../domain/attachments/attachment-owner.js";
import { Problem } from "../domain/problems.js";
import { storageFull } from "./refused-files.js";

/** Of one owner. */
export interface MostWaiting {
  readonly files: number;
  readonly bytes: number;
}

export interface PlaceParts {
  readonly db: Database;
  /** What may wait in the folder in all. */
  readonly mostStaged: () => Promise<number>;
}

interface Asked {
  readonly owner: string;
  readonly most: MostWaiting;
  /** Of the file, at most. */
  readonly bytes: number;
  readonly now: Date;
}

/** Forms of strangers leave the other half to officials, to channels and to applicants who have a case. */
const shareOfForms = 0.5;

const tooMuchWaits = (): Problem =>
  new Problem("not-now", {
    en: "Too many files wait to be sent already. Send them, or take some off, then attach more.",
    ar: "هناك ملفات كثيرة بانتظار الإرسال. أرسلها أو أزل بعضها ثم أرفق غيرها.",
  });

function requirePlace({ owner, most, bytes }: Asked, mostOfAll: number) {
  return (waiting: Waiting): void => {
    if (waiting.files >= most.files || waiting.bytes + bytes > most.bytes) throw tooMuchWaits();
    if (waiting.allBytes + bytes > mostOfAll) throw storageFull();
    if (isDraft(owner) && waiting.publicBytes + bytes > mostOfAll * shareOfForms) throw storageFull();
  };
}

/** Whether there would be a place now. Problems: not-now, storage-full. */
export async function seePlace({ db, mostStaged }: PlaceParts, asked: Asked): Promise<void> {
  requirePlace(asked, await mostStaged())(await waitingOf(db, asked));
}

/** Takes the place of the file that will have this id. Problems: those of `seePlace`. */
export async function takePlaceFor({ db, mostStaged }: PlaceParts, asked: Asked & { id: string }): Promise<void> {
  await takePlace(db, asked, requirePlace(asked, await mostStaged()));
}
