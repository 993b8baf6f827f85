/** What the demo's people attach: made once, staged through the real service as often as somebody attaches something. */

import sharp from "sharp";
import { type StoredLanguage, storedLanguageOf } from "../../engine/text/languages.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import type { Scene } from "../../features/config-files/population-file.js";
import type { AttachmentOwner, Attachments } from "../../features/files/attachments.js";
import type { FileMaterial, PopulationMaterial } from "./material.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";

// Pictures of the demo's files: drawn on the spot, so that none has to be shipped and none shows anybody.

type Colour = readonly [number, number, number];
/** @returns the colour at a place; both go from 0 to 1 */
type Paint = (x: number, y: number) => Colour;

const width = 640;
const height = 480;
const within = (x: number, y: number, [cx, cy, rx, ry]: readonly [number, number, number, number]): boolean =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;

const sky: Colour = [168, 198, 224];
const wall: Colour = [196, 176, 146];

function road(random: SeededRandom): Paint {
  const hole = [random.int(38, 62) / 100, 0.74, 0.2, 0.1] as const;
  return (x, y) => {
    if (y < 0.34) return sky;
    if (y < 0.46) return wall;
    if (within(x, y, hole)) return within(x, y - 0.012, hole) ? [44, 40, 38] : [120, 108, 96];
    const middle = Math.abs(x - 0.5) < 0.006 + (y - 0.46) * 0.03;
    return middle && Math.floor(y * 14) % 2 === 0 ? [222, 216, 190] : [96, 96, 98];
  };
}

function water(random: SeededRandom): Paint {
  const puddle = [random.int(40, 60) / 100, 0.78, 0.34, 0.14] as const;
  return (x, y) => {
    if (Math.abs(x - puddle[0]) < 0.018 && y > 0.42 && y < 0.74) return [150, 186, 208];
    if (within(x, y, puddle)) return [92, 132, 156];
    return y < 0.56 ? wall : [136, 130, 120];
  };
}

function lamp(random: SeededRandom): Paint {
  const pole = random.int(30, 70) / 100;
  return (x, y) => {
    if (Math.abs(x - pole) < 0.008 && y > 0.2 && y < 0.86) return [70, 72, 78];
    if (Math.abs(y - 0.2) < 0.01 && x > pole && x < pole + 0.12) return [70, 72, 78];
    const window = y > 0.5 && y < 0.56 && Math.floor(x * 16) % 5 === 0;
    return window ? [214, 182, 96] : y < 0.44 ? [16, 20, 40] : y < 0.86 ? [28, 28, 38] : [22, 22, 24];
  };
}

function paper(random: SeededRandom): Paint {
  const ends = Array.from({ length: 20 }, () => random.int(12, 40) / 100);
  return (x, y) => {
    if (x < 0.08 || x > 0.92 || y < 0.04 || y > 0.96) return [206, 202, 194];
    const stamp = within(x, y, [0.26, 0.8, 0.1, 0.12]) && !within(x, y, [0.26, 0.8, 0.085, 0.1]);
    if (stamp) return [60, 84, 160];
    const line = Math.floor(y * 20);
    const written = line > 2 && line < 14 && y * 20 - line < 0.3 && x < 0.86 && x > (ends[line] ?? 0.2);
    return written ? [86, 86, 92] : [248, 246, 240];
  };
}

const painters: Readonly<Record<Scene, (random: SeededRandom) => Paint>> = { road, water, lamp, paper };

/** A small picture as JPEG, with the grain of a telephone's camera. */
function drawPicture(scene: Scene, random: SeededRandom): Promise<Buffer> {
  const paint = painters[scene](random);
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const grain = random.int(-6, 6);
    const colour = paint((at % width) / width, Math.floor(at / width) / height);
    for (let part = 0; part < 3; part += 1) {
      pixels[at * 3 + part] = Math.min(255, Math.max(0, (colour[part] ?? 0) + grain));
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** A PDF of one page that shows a picture, as a scanner makes one. */
function pdfOf(jpeg: Buffer): Buffer {
  const drawing = "q 500 0 0 375 47 400 cm /P Do Q";
  const picture = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
  const page =
    "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >>";
  const objects: readonly (readonly [string, Buffer | null])[] = [
    ["/Type /Catalog /Pages 2 0 R", null],
    ["/Type /Pages /Kids [3 0 R] /Count 1", null],
    [page, null],
    [`/Length ${drawing.length}`, Buffer.from(drawing)],
    [`${picture} /Filter /DCTDecode /Length ${jpeg.length}`, jpeg],
  ];
  const parts: Buffer[] = [Buffer.from("%PDF-1.4\n")];
  const places: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [i, [dictionary, stream]] of objects.entries()) {
    places.push(length);
    add(Buffer.from(`${i + 1} 0 obj\n<< ${dictionary} >>\n`));
    if (stream !== null) add(Buffer.concat([Buffer.from("stream\n"), stream, Buffer.from("\nendstream\n")]));
    add(Buffer.from("endobj\n"));
  }
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}

export interface DemoFiles {
  /** Ids of what somebody attaches now; mostly nothing. */
  attach(a: {
    readonly owner: AttachmentOwner;
    readonly language: Language;
    readonly sector: string | null;
    readonly now: Date;
  }): Promise<readonly string[]>;
}

interface Made {
  readonly material: FileMaterial;
  readonly content: Readonly<Record<StoredLanguage, Buffer>>;
}

const endings: Readonly<Record<FileMaterial["form"], string>> = {
  photo: "jpg",
  scan: "jpg",
  pdf: "pdf",
  text: "txt",
  table: "csv",
};

/** Percent of what carries one that carries a second. */
const percentOfSecond = 20;

/** People attach by a chance of their own: what else they do is the same whether they attach something or not. */
export async function makeDemoFiles(
  attachments: Pick<Attachments, "stage">,
  { files, seed }: PopulationMaterial,
): Promise<DemoFiles> {
  const random = seededRandom(seed + 1);
  const contentOf = async ({ form, scene, text }: FileMaterial): Promise<Made["content"]> => {
    if (scene === undefined) return { ar: Buffer.from(text?.ar ?? ""), en: Buffer.from(text?.en ?? "") };
    const picture = await drawPicture(scene, random);
    const content = form === "pdf" ? pdfOf(picture) : picture;
    return { ar: content, en: content };
  };
  const make = (materials: readonly FileMaterial[]): Promise<Made[]> =>
    Promise.all(materials.map(async (material) => ({ material, content: await contentOf(material) })));
  const made = { applicants: await make(files.ofApplicants), offices: await make(files.ofOffices) };

  const percents: Readonly<Partial<Record<AttachmentOwner["kind"], number>>> = {
    channel: files.percentOfApplications,
    applicant: files.percentOfReplies,
    official: files.percentOfActs,
  };

  const stage = async (
    { material, content }: Made,
    { owner, language, now }: Parameters<DemoFiles["attach"]>[0],
  ): Promise<string> => {
    const bytes = content[storedLanguageOf(language)];
    const whole = (async function* () {
      yield bytes;
    })();
    const name = `${inLanguage(material.name, language)}.${endings[material.form]}`;
    return (await attachments.stage({ owner, name, content: whole, declaredType: null, now })).id;
  };

  return {
    async attach(a) {
      const { owner, sector } = a;
      if (!random.chance((percents[owner.kind] ?? 0) / 100)) return [];
      const theirs = owner.kind === "official" ? made.offices : made.applicants;
      const fitting = theirs.filter(({ material: { sectors } }) => sectors?.includes(sector ?? "") ?? true);
      if (fitting.length === 0) return [];
      const chosen = [random.pick(fitting)];
      const others = fitting.filter((one) => !chosen.includes(one));
      if (others.length > 0 && random.chance(percentOfSecond / 100)) chosen.push(random.pick(others));
      const ids: string[] = [];
      for (const one of chosen) ids.push(await stage(one, a));
      return ids;
    },
  };
}
