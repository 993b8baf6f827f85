/** One file in: written within its limit, told by its content, made harmless, kept, noted. All of it or nothing. */
import { givePlaceBack } from "../db/attachment-places.js";
import { addStaged } from "../db/attachment-store.js";
import type { Database } from "../db/query.js";
import type { Attachment } from "../domain/attachments/attachment.js";
import { hasThumbnail } from "../domain/attachments/attachment.js";
import { type AttachmentLimits, attachmentTypes } from "../domain/attachments/attachment-types.js";
import { cleanName } from "../domain/attachments/clean-name.js";
import type { Random, StagingRequest } from "../services.js";
import { rewriteImage } from "./check-image.js";
import { type DetectedType, detectType } from "./detect-type.js";
import type { FairLine } from "./fair-line.js";
import type { FileFolder } from "./file-folder.js";
import { empty, kindNotTaken, storing, tooLate } from "./refused-files.js";
import { type MostWaiting, type PlaceParts, takePlaceFor } from "./take-place.js";

export interface StagingParts {
  readonly db: Database;
  readonly folder: FileFolder;
  readonly random: Random;
  readonly places: PlaceParts;
  /** Where heavy files take turns: many of them at once must keep neither the server nor light ones waiting. */
  readonly lines: { readonly images: FairLine; readonly documents: FairLine };
}

/** Who stages, where, and how much. */
export interface Admitted {
  readonly owner: string;
  /** Name of the address that the owner asks from; null: it is not counted. */
  readonly origin: Buffer | null;
  readonly programme: string;
  readonly limits: AttachmentLimits;
  readonly mostWaiting: MostWaiting;
}

export const thumbnailOf = (id: string): string => `${id}.webp`;

async function examine(a: Parameters<typeof detectType>[0], { kinds }: AttachmentLimits): Promise<DetectedType> {
  const found = await detectType(a);
  const kind = found === null ? undefined : attachmentTypes[found.type]?.kind;
  if (found === null || kind === undefined || !kinds.includes(kind)) throw kindNotTaken(kinds);
  return found;
}

async function stageInPlace(
  parts: StagingParts,
  id: string,
  { owner, programme, limits }: Admitted,
  { name, content, declaredType, now }: StagingRequest,
): Promise<Attachment> {
  const { db, folder } = parts;
  const clean = folder.incoming(`${id}.clean`);
  const thumbnail = folder.incoming(thumbnailOf(id));
  const sent = await folder.receive(id, content, limits.mostBytes);
  try {
    if (sent.bytes === 0) throw empty();
    const unpackInTurn = <T>(work: () => Promise<T>): Promise<T> => parts.lines.documents(owner, work);
    const { type, locked } = await storing(() => examine({ ...sent, name, declaredType, unpackInTurn }, limits));
    if (hasThumbnail({ type })) {
      const image = { path: sent.path, type, clean, thumbnail, mostBytes: limits.mostBytes };
      await parts.lines.images(owner, () => storing(() => rewriteImage(image)));
    }
    const image = hasThumbnail({ type });
    await folder.keep(image ? clean : sent.path, id, now);
    if (image) await folder.keep(thumbnail, thumbnailOf(id), now);
    const [bytes, sha256] = await storing(() => Promise.all([folder.size(id), folder.sha256(id)]));
    if (bytes === null || sha256 === null) throw new Error("a file that was just kept is not there");
    const kept: Attachment = { id, name: cleanName(name, type), type, bytes, sha256, ...(locked && { locked }) };
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
  admitted: Admitted,
  request: StagingRequest,
): Promise<Attachment> {
  const { db, folder, places, random } = parts;
  const { owner, origin, mostWaiting: most, limits } = admitted;
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
