/** What the demo's people attach: made once, staged through the real service as often as somebody attaches something. */

import type { Language } from "../../engine/text/text.js";
import type { AttachmentOwner, Attachments } from "../../features/files/attachments.js";
import { drawPicture, pdfOf } from "./drawn-pictures.js";
import type { FileMaterial, PopulationMaterial } from "./material.js";
import { seededRandom } from "./seeded-random.js";

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
  readonly content: Readonly<Record<Language, Buffer>>;
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
    const bytes = content[language];
    const whole = (async function* () {
      yield bytes;
    })();
    const name = `${material.name[language]}.${endings[material.form]}`;
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
