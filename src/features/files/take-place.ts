/** How much may wait to be sent: of one owner, of strangers from one address, of all strangers, and of all together. */

import { kindOfOwner } from "../../engine/files/attachment-owner.js";
import { fairShare } from "../../engine/text/fair-share.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { storageFull } from "../../platform/files/refused-files.js";
import { takePlace, type Waiting, waitingOf } from "./attachment-places.js";

/** What one owner may have waiting. */
export interface MostWaiting {
  readonly files: number;
  readonly bytes: number;
}

/** In bytes: what may wait in all, and what the disk has for more. */
interface Room {
  readonly most: number;
  readonly free: number;
}

export interface PlaceParts {
  readonly db: Database;
  readonly room: () => Promise<Room>;
}

interface Asked {
  readonly owner: string;
  /** Name of the address that a stranger asks from; null: it is not counted. */
  readonly origin: Buffer | null;
  readonly most: MostWaiting;
  /** The most that the file may have. */
  readonly bytes: number;
  readonly now: Date;
}

/**
 * What each kind of stranger may have of all: anybody can begin a form, and have a case by sending one. The rest is for officials and
 * for channels.
 */
const shares: Readonly<Record<string, number>> = { draft: 0.5, applicant: 0.25 };

const tooMuchWaits = (): Problem => new Problem("not-now", msg("files.takePlace.tooManyFilesWaitTo"));

const tooMuchFromThere = (): Problem =>
  new Problem("too-many-requests", msg("files.takePlace.manyFilesFromYourNetwork"), [], 300);

function requirePlace({ owner, origin, most, bytes }: Asked, room: Room) {
  return (waiting: Waiting): void => {
    if (waiting.files >= most.files || waiting.bytes + bytes > most.bytes) throw tooMuchWaits();
    // Where the disk has less for all, strangers leave their part of that to the others.
    const all = Math.min(room.most, waiting.allBytes + room.free);
    if (waiting.allBytes + bytes > room.most) throw storageFull();
    const share = shares[kindOfOwner(owner)];
    if (share === undefined) return;
    const own = origin === null ? 0 : waiting.originBytes;
    const place = fairShare({ most: all * share, taken: waiting.kindBytes, own, more: bytes });
    if (place === "all") throw storageFull();
    if (place === "own") throw tooMuchFromThere();
  };
}

/** Whether there would be a place now. Problems: not-now, too-many-requests, storage-full. */
export async function seePlace({ db, room }: PlaceParts, asked: Asked): Promise<void> {
  requirePlace(asked, await room())(await waitingOf(db, asked));
}

/** Takes the place of the file that will have this id. Problems: those of `seePlace`. */
export async function takePlaceFor({ db, room }: PlaceParts, asked: Asked & { id: string }): Promise<void> {
  await takePlace(db, asked, requirePlace(asked, await room()));
}
