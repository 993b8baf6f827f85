/** Small files for tests, made on the spot. */
import { deflateSync } from "node:zlib";

const crcTable = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let crc = byte;
  for (let i = 0; i < 8; i += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

/** As PNG and archives have it. */
export function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) crc = (crc >>> 8) ^ (crcTable[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return pngChunk("IHDR", header);
}

/** A grey picture, with other chunks in between. */
export function aPng(width = 8, height = 8, ...chunks: Buffer[]): Buffer {
  const rows = Buffer.alloc((width + 1) * height, 0x55);
  for (let y = 0; y < height; y += 1) rows[y * (width + 1)] = 0;
  const data = pngChunk("IDAT", deflateSync(rows));
  return Buffer.concat([pngSignature, pngHeader(width, height), ...chunks, data, pngChunk("IEND", Buffer.alloc(0))]);
}
