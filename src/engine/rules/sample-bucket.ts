/** In which of a hundred parts a case falls: 0–99, evenly spread and the same for ever: FNV-1a with a final mix, so that a sample cannot be steered or drawn again. */
export function sampleBucketOf(reference: string): number {
  let hash = 0x811c9dc5;
  for (const char of reference) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 100;
}
