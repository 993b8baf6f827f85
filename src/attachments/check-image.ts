/**
 * Images are never kept as they came: they are decoded within bounds and written anew, which leaves out where the photo was
 * taken, by what and when, and whatever else was hidden in the file. The picture stays upright.
 */
import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { damaged, imageTooLarge } from "./refused-files.js";

/** What the largest telephones take. */
const mostPixels = 60_000_000;
/** All pictures of an animation together: each is decoded and written again, which takes ten times as long as a photo. */
const mostPixelsMoving = 25_000_000;
const mostPictures = 50;
const longestSide = 16_383;
/** Of one file, from its head to its small picture. */
const budgetMs = 15_000;
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
  if (left <= 0) throw imageTooLarge();
  return left;
}

const opened = (path: string, animated: boolean, end: number) =>
  sharp(path, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true, animated }).timeout({
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
    throw /pixel limit|dimensions|too large|timeout/i.test(text) ? imageTooLarge() : damaged();
  }
}

async function within(path: string, type: string, end: number): Promise<{ animated: boolean }> {
  const { width = 0, height = 0, pages = 1, format } = await decoding(opened(path, false, end).metadata());
  if (formats[format ?? ""] !== type) throw damaged();
  const most = pages > 1 ? mostPixelsMoving : mostPixels;
  if (width > longestSide || height > longestSide || pages > mostPictures || width * height * pages > most) {
    throw imageTooLarge();
  }
  return { animated: pages > 1 };
}

/** Writes the image anew to `clean`, and a small one of it to `thumbnail`. Problem invalid-input; errors of the disk. */
export async function rewriteImage(a: {
  path: string;
  type: string;
  clean: string;
  thumbnail: string;
  mostBytes: number;
}): Promise<void> {
  const write = written[a.type];
  if (write === undefined) throw damaged();
  const end = performance.now() + budgetMs;
  const { animated } = await within(a.path, a.type, end);
  // An animation has no orientation, and its pictures would be turned as one long strip.
  const upright = animated ? opened(a.path, true, end) : opened(a.path, false, end).autoOrient();
  const clean = await decoding(write(upright).toBuffer());
  // Small when it came, and not when it is written anew: its place was for so many bytes.
  if (clean.length > a.mostBytes) throw imageTooLarge();
  await writeFile(a.clean, clean);
  const small = opened(a.clean, false, end)
    .resize({ width: thumbnailSide, height: thumbnailSide, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 75 });
  await writeFile(a.thumbnail, await decoding(small.toBuffer()));
}
