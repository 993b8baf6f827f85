/** Sound in MPEG frames (MP3). Two bytes begin one, and many a text and program begins with them too: two frames in a row do not. */

/** kbit/s by the four bits; of layer III, MPEG 1 and then MPEG 2 and 2.5. */
const rates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const samples = [44_100, 48_000, 32_000] as const;
const versions: Readonly<
  Record<number, { readonly rates: 0 | 1; readonly slower: 1 | 2 | 4; readonly frame: number }>
> = {
  3: { rates: 0, slower: 1, frame: 144 },
  2: { rates: 1, slower: 2, frame: 72 },
  0: { rates: 1, slower: 4, frame: 72 },
};

/** Length of the frame that begins at `at`; null: none does. */
function frameAt(head: Buffer, at: number): number | null {
  if (at + 4 > head.length || head[at] !== 0xff || ((head[at + 1] ?? 0) & 0xe0) !== 0xe0) return null;
  const [second = 0, third = 0] = [head[at + 1], head[at + 2]];
  const version = versions[(second >> 3) & 3];
  const layerThree = ((second >> 1) & 3) === 1;
  const rate = version && rates[version.rates][third >> 4];
  const sample = samples[(third >> 2) & 3];
  if (version === undefined || !layerThree || !rate || sample === undefined) return null;
  return Math.floor((version.frame * rate * 1000) / (sample / version.slower)) + ((third >> 1) & 1);
}

/** Where the sound begins: behind the title and the cover, whose length stands in seven bits a byte. */
function soundAt(head: Buffer): number {
  if (head.toString("latin1", 0, 3) !== "ID3" || head.length < 10) return 0;
  return 10 + [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((head[i] ?? 0) & 0x7f), 0);
}

/** @param head the first bytes; a cover may be longer than they are, and is then believed */
export function isMpegSound(head: Buffer): boolean {
  const begin = soundAt(head);
  if (begin >= head.length) return begin > 0;
  const length = frameAt(head, begin);
  if (length === null) return false;
  const next = begin + length;
  return next + 4 > head.length ? begin > 0 || head.length > 400 : frameAt(head, next) !== null;
}
