/** One file in: written within its limit, told by its content, made harmless, kept, noted. All of it or nothing. */

import type { Logger } from "pino";
import type { Attachment } from "../../engine/files/attachment.js";
import { hasThumbnail } from "../../engine/files/attachment.js";
import { type AttachmentLimits, attachmentTypes } from "../../engine/files/attachment-types.js";
import { cleanName } from "../../engine/files/clean-name.js";
import type { Database } from "../../platform/db/query.js";
import { measureImage, rewriteImage } from "../../platform/files/check-image.js";
import type { CheckThreads } from "../../platform/files/check-threads.js";
import { detectType } from "../../platform/files/detect-type.js";
import type { FairLine } from "../../platform/files/fair-line.js";
import type { FileFolder } from "../../platform/files/file-folder.js";
import {
  empty,
  kindNotTaken,
  scannerAway,
  storing,
  tooLargeToScan,
  tooLate,
  virusFound,
} from "../../platform/files/refused-files.js";
import type { CheckJob, DetectedType } from "../../platform/files/run-check.js";
import type { VirusScanner } from "../../platform/files/virus-scanner.js";
import type { Random } from "../../platform/unguessable.js";
import { givePlaceBack } from "./attachment-places.js";
import { addStaged } from "./attachment-store.js";
import type { StagingRequest } from "./attachments.js";
import { type MostWaiting, type PlaceParts, takePlaceFor } from "./take-place.js";

export interface StagingParts {
  readonly db: Database;
  readonly folder: FileFolder;
  readonly random: Random;
  readonly places: PlaceParts;
  /** Where heavy files take turns: many of them at once must keep neither the server nor light ones waiting. */
  readonly lines: Readonly<Record<"images" | "largeImages" | "documents" | "texts" | "heads" | "scans", FairLine>>;
  readonly threads: CheckThreads;
  /** Null: the house has none. */
  readonly scanner: VirusScanner | null;
  readonly log: Logger;
}

/** Who stages, where, and how much. */
export interface AuthorisedOwner {
  readonly owner: string;
  /** Name of the address that the owner asks from; null: it is not counted. */
  readonly origin: Buffer | null;
  readonly programme: string;
  readonly limits: AttachmentLimits;
  readonly maxWaiting: MostWaiting;
  /** Whether its files are taken while the virus scanner is away. */
  readonly takeUnscanned: boolean;
}

const fromAnAddress = "from/";
/** Under what name somebody waits in a line: strangers by where they ask from, since each may have any number of forms. */
const inLine = ({ owner, origin }: AuthorisedOwner): string =>
  origin === null ? owner : `${fromAnAddress}${origin.toString("hex")}`;
/** Whether a name in a line is an address's, of a person without an account. */
export const isStranger = (name: string): boolean => name.startsWith(fromAnAddress);

export const thumbnailOf = (id: string): string => `${id}.webp`;

const lineOf = { zip: "documents", pdf: "documents", compound: "documents", text: "texts", head: "heads" } as const;

async function examine(a: Parameters<typeof detectType>[0], { kinds }: AttachmentLimits): Promise<DetectedType> {
  const found = await detectType(a);
  const kind = found === null ? undefined : attachmentTypes[found.type]?.kind;
  if (found === null || kind === undefined || !kinds.includes(kind)) throw kindNotTaken(kinds);
  return found;
}

/** Whether nobody looked for viruses though somebody should. Problems: invalid-input, unavailable. */
async function isUnscanned(
  { scanner, lines, log }: StagingParts,
  admitted: AuthorisedOwner,
  a: { id: string; path: string; type: string; bytes: number; signal: AbortSignal | undefined },
): Promise<boolean> {
  if (scanner === null) return false;
  const { signal, path, ...file } = a;
  const verdict = await lines.scans(inLine(admitted), () => scanner.scan(path, signal), signal);
  if (verdict.kind === "clean") return false;
  if (verdict.kind === "found") {
    log.warn({ file, virus: verdict.virus }, "a file with a virus was refused");
    throw virusFound(verdict.virus);
  }
  // Else anybody who fills a file up would choose that nobody looks into it.
  if (verdict.kind === "too-large") {
    log.warn({ file }, "a file is larger than the virus scanner takes: see its StreamMaxLength");
    throw tooLargeToScan();
  }
  if (!admitted.takeUnscanned) throw scannerAway();
  log.warn({ file }, "a file was taken that nobody checked for viruses");
  return true;
}

async function stageInPlace(
  parts: StagingParts,
  id: string,
  admitted: AuthorisedOwner,
  { name, content, declaredType, now, signal }: StagingRequest,
): Promise<Attachment> {
  const { db, folder, lines, threads } = parts;
  const { owner, programme, limits } = admitted;
  const place = inLine(admitted);
  const clean = folder.incoming(`${id}.clean`);
  const thumbnail = folder.incoming(thumbnailOf(id));
  const sent = await folder.receive(id, content, limits.mostBytes);
  try {
    if (sent.bytes === 0) throw empty();
    const run = (job: CheckJob) => lines[lineOf[job.kind]](place, () => threads.run(job, signal), signal);
    const { type, locked } = await storing(() => examine({ ...sent, name, declaredType, run }, limits));
    const unscanned = await storing(() => isUnscanned(parts, admitted, { id, ...sent, type, signal }));
    const image = hasThumbnail({ type });
    if (image) {
      const { path } = sent;
      const { animated, large } = await lines.heads(place, () => storing(() => measureImage({ path, type })), signal);
      const picture = { path, type, animated, clean, thumbnail, maxBytes: limits.mostBytes, signal };
      const line = large ? lines.largeImages : lines.images;
      await line(place, () => storing(() => rewriteImage(picture)), signal);
    }
    signal?.throwIfAborted();
    await folder.keep(image ? clean : sent.path, id, now);
    if (image) await folder.keep(thumbnail, thumbnailOf(id), now);
    const [bytes, sha256] = await storing(() => Promise.all([folder.size(id), folder.sha256(id)]));
    if (bytes === null || sha256 === null) throw new Error("a file that was just kept is not there");
    const kept: Attachment = {
      id,
      name: cleanName(name, type),
      type,
      bytes,
      sha256,
      ...(locked && { locked }),
      ...(unscanned && { unscanned }),
    };
    if (!(await addStaged(db, { ...kept, owner, programme }, now))) throw tooLate();
    return kept;
  } catch (error) {
    await folder.remove(id, thumbnailOf(id));
    throw error;
  } finally {
    await Promise.all([sent.path, clean, thumbnail].map((path) => folder.discard(path)));
  }
}

/** A small file holds no more room than it needs while it comes. */
export const bytesToCome = ({ mostBytes }: AttachmentLimits, declared: number | null = null): number =>
  Math.max(1, Math.min(mostBytes, declared ?? mostBytes));

/** Problems: invalid-input, too-large, not-now, too-many-requests, storage-full. Whatever was written is gone then, and its place is free. */
export async function stageAttachment(
  parts: StagingParts,
  admitted: AuthorisedOwner,
  request: StagingRequest,
): Promise<Attachment> {
  const { db, folder, places, random } = parts;
  const { owner, origin, maxWaiting: most, limits } = admitted;
  const id = random.bytes(16).toString("hex");
  const bytes = bytesToCome(limits, request.declaredBytes);
  const giveRoomBack = await folder.reserveRoom(bytes);
  try {
    await takePlaceFor(places, { id, owner, origin, most, bytes, now: request.now });
    try {
      return await stageInPlace(parts, id, admitted, request);
    } catch (error) {
      await givePlaceBack(db, id);
      throw error;
    }
  } finally {
    giveRoomBack();
  }
}
