/**
 * Images are never kept as they came: they are decoded within bounds and written anew, which leaves out where the photo was
 * taken, by what and when, and whatever else was hidden in the file. The picture stays upright.
 */
import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { damaged, imageTooLarge, takesTooLong } from "./refused-files.js";

/** What the largest telephones take. */
const maxPixels = 60_000_000;
/**
 * Of what is decoded as a whole, which takes up to nine bytes a pixel: WebP, GIF, pictures that come from coarse to fine. All
 * pictures of an animation together. Others pass through line by line.
 */
const maxPixelsWhole = 25_000_000;
/** What is larger takes its turn one at a time, so that two of them never stand in memory together. */
const maxPixelsSmall = 8_000_000;
const maxPictures = 50;
const longestSide = 16_383;
/**
 * Of one file, from its head to its small picture. A photo of 24 million pixels takes three seconds of a free core, in the
 * slowest of the formats; a machine that is ten times slower or busier still takes it.
 */
const budgetMs = 30_000;
const thumbnailSide = 320;

// One picture at a time a queue's place: images of a few hundred megabytes must not be kept for later.
sharp.cache(false);
sharp.concurrency(1);
// What can be sent is read by libraries that are made for strangers' files; all the others stay shut.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegFile",
    "VipsForeignLoadPngFile",
    "VipsForeignLoadWebpFile",
    "VipsForeignLoadNsgifFile",
  ],
});

/** What is left of the file's time, in whole seconds as the decoder counts it. Problem invalid-input when nothing is. */
function secondsUntil(end: number): number {
  const left = Math.ceil((end - performance.now()) / 1000);
  if (left <= 0) throw takesTooLong();
  return left;
}

const opened = (path: string, animated: boolean, end: number) =>
  sharp(path, { limitInputPixels: maxPixels, failOn: "error", sequentialRead: true, animated }).timeout({
    seconds: secondsUntil(end),
  });

type Sharp = ReturnType<typeof opened>;

const written: Readonly<Record<string, (image: Sharp) => Sharp>> = {
  "image/jpeg": (image) => image.jpeg({ quality: 86 }),
  "image/png": (image) => image.png({ compressionLevel: 7 }),
  // The slower efforts save a tenth of the bytes and take three times as long.
  "image/webp": (image) => image.webp({ quality: 86, effort: 2 }),
  "image/gif": (image) => image.gif(),
};

const formats: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
};

/** Sharp works in memory only, so that whatever it says is about the image and never about the disk. */
async function decoding<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    if (/timeout/i.test(text)) throw takesTooLong();
    throw /pixel limit|dimensions|too large/i.test(text) ? imageTooLarge() : damaged();
  }
}

export interface MeasuredImage {
  readonly animated: boolean;
  /** It takes so much memory that it has its turn alone. */
  readonly large: boolean;
}

/** What its head says of an image; no picture is decoded. Problem invalid-input where it is none, or too large. */
export async function measureImage({ path, type }: { path: string; type: string }): Promise<MeasuredImage> {
  const head = await decoding(opened(path, false, performance.now() + budgetMs).metadata());
  const { width = 0, height = 0, pages = 1, format = "", isProgressive = false } = head;
  if (formats[format] !== type) throw damaged();
  const pixels = width * height * pages;
  const most = isProgressive || format === "webp" || format === "gif" ? maxPixelsWhole : maxPixels;
  if (width > longestSide || height > longestSide || pages > maxPictures || pixels > most) throw imageTooLarge();
  return { animated: pages > 1, large: pixels > maxPixelsSmall };
}

/** Writes the image anew to `clean`, and a small one of it to `thumbnail`. Problem invalid-input; errors of the disk. */
export async function rewriteImage(a: {
  path: string;
  type: string;
  clean: string;
  thumbnail: string;
  maxBytes: number;
  /** As it was measured. */
  animated: boolean;
  /** What is begun is done, since decoding cannot be broken off; nothing more is begun. */
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const write = written[a.type];
  if (write === undefined) throw damaged();
  const end = performance.now() + budgetMs;
  const { animated } = a;
  // An animation has no orientation, and its pictures would be turned as one long strip.
  const upright = animated ? opened(a.path, true, end) : opened(a.path, false, end).autoOrient();
  const clean = await decoding(write(upright).toBuffer());
  // Small when it came, and not when it is written anew: its place was for so many bytes.
  if (clean.length > a.maxBytes) throw imageTooLarge();
  await writeFile(a.clean, clean);
  a.signal?.throwIfAborted();
  const small = opened(a.clean, false, end)
    .resize({ width: thumbnailSide, height: thumbnailSide, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 75 });
  await writeFile(a.thumbnail, await decoding(small.toBuffer()));
}
