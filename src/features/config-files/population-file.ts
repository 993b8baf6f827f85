/** The shape of `seeds/<programme>/population.json`, the material of the demo's people, and whether what it names is there. */

import { z } from "zod";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { listed } from "../../engine/text/text.js";
import { effectNames } from "../../engine/workflow/effects.js";
import { checkReference, type Report } from "../setup/setup-fault.js";
import { pointerOf, reasonOfIssue, type SetupFiles } from "../setup/tables/setup-files.js";

/** Pictures that the demo can draw. */
export const scenes = ["road", "water", "lamp", "paper"] as const;
export type Scene = (typeof scenes)[number];

const sentence = z.string().regex(/\S/);
const bilingual = z.strictObject({ ar: sentence, en: sentence });
/** One of them is drawn. */
const some = z.array(bilingual).min(1);
const percent = z.number().min(0).max(100);
/** Drawing goes on from it in whole numbers. */
const seed = z.int().min(0).max(4_000_000_000);

const topic = z.strictObject({ sector: z.string(), pillar: z.string().nullable(), subject: bilingual });
const material = z.strictObject({
  weight: z.number().min(0),
  subjects: z.array(topic).min(1),
  bodies: some.optional(),
  bodiesByPillar: z.record(z.string(), some).optional(),
});
const file = z.strictObject({
  form: z.enum(["photo", "scan", "pdf", "text", "table"]),
  /** Without its ending. */
  name: bilingual,
  scene: z.enum(scenes).optional(),
  text: bilingual.optional(),
  /** Attached to cases of these only; left out: of all. */
  sectors: z.array(z.string()).optional(),
});

/** Days before the end of the ninety. */
const daysBefore = z.number().min(0).max(90);
const workingDays = z.number().min(0).max(200);

/** How offices answer and how applicants find it. */
const manner = z.strictObject({
  /** So many of a hundred cases are answered in time, as far as the office has it in hand. */
  onTime: percent,
  /** Those that are answered in time take so much of the time that was left, at the median. */
  takes: z.number().min(1).max(80),
  /** The others are so many working days late, from and to. */
  lateDays: z.tuple([workingDays, workingDays]),
  /** So many of a hundred answers that a colleague reviews are sent back. */
  returned: percent,
  /** So many of a hundred applicants who have an answer rate it, and of those so many with 4 or 5. */
  rated: percent,
  satisfied: percent,
});

/** What a story is, and with that what is checked of it and how tests find it. What is stuck is taken and then lies. */
export const storyKinds = ["trouble", "better", "bad", "good", "steady", "wave", "stuck"] as const;
export type StoryKind = (typeof storyKinds)[number];

const phase = z.strictObject({
  from: daysBefore,
  /** How long its applications come; left out: until the next phase, or the end. */
  days: daysBefore.optional(),
  /** Per cent of all applications. */
  applications: percent,
  ...manner.partial().shape,
  /** In other words than the story's. */
  subjects: some.optional(),
  bodies: some.optional(),
  /** What the office gives as the reason: in its answers, and where it says something before. Left out: as all do. */
  answers: some.optional(),
  contacts: some.optional(),
});

const code = z.string().regex(/^[a-z]+(-[a-z]+)*$/);

const story = z.strictObject({
  code,
  kind: z.enum(storyKinds),
  type: z.string(),
  entity: z.string(),
  /** Null: it is about the whole entity, also about what others write to it. */
  service: z.string().nullable(),
  /** Null: as the rules decide. */
  pillar: z.string().nullable(),
  /** One of them is drawn; named twice, twice as often. */
  governorates: z.array(z.string()).min(1),
  subjects: some,
  bodies: some,
  /** In order; each lasts until the next begins. */
  phases: z.array(phase).min(1),
});

/** What an official asks of entities, or of the operation room, and what becomes of it. */
const orderStory = z.strictObject({
  code,
  type: z.string(),
  /** Codes of positions, here and in the steps. */
  from: z.string(),
  to: z.array(z.string()),
  daysAgo: z.int().min(0).max(90),
  /** Left out: by when is as the rules say. */
  dueInDays: z.int().min(1).max(90).optional(),
  subject: bilingual,
  text: bilingual,
  steps: z.array(
    z.strictObject({
      /** Since the step before. */
      afterHours: z.number().min(0).max(2160),
      by: z.string(),
      action: z.string(),
      /** For the text that the action asks for. */
      text: bilingual.optional(),
      /** For the day that it asks for: so many days after the step. */
      inDays: z.int().min(1).max(90).optional(),
    }),
  ),
});

export const populationSchema = z.strictObject({
  seed,
  arabicPercent: percent,
  usual: manner,
  stories: z.array(story),
  orders: z.array(orderStory),
  /** Entities that have most of the work, so that their figures say something: each is drawn as often as so many others. */
  busy: z.strictObject({ entities: z.array(z.string()), weight: z.number().min(1) }),
  /** In the last days so much of all comes in addition, no applicant names an office, and who places cases takes longer: in working hours at the median. */
  newest: z.strictObject({ days: z.number().min(0).max(30), percent, hoursToPlace: z.number().min(0) }),
  types: z.record(z.string(), material),
  names: some,
  office: z.strictObject({
    questions: some,
    replies: some,
    answers: some,
    /** Why something is done, by the effect of the action: nobody sends an answer back because “I no longer need this”. */
    reasons: z.partialRecord(z.enum(effectNames), z.array(bilingual)),
    /** Where an action has no reasons of its own. */
    remarks: some,
    /** To a colleague, in a note. */
    notes: some,
    /** To an office that lets a case lie. */
    reminders: some,
    secondMatters: z.array(z.strictObject({ subject: bilingual, description: bilingual })).min(1),
  }),
  files: z.strictObject({
    percentOfApplications: percent,
    /** Share of the applicants' acts that can carry files. */
    percentOfReplies: percent,
    /** Share of officials' acts that can carry files. */
    percentOfActs: percent,
    ofApplicants: z.array(file),
    ofOffices: z.array(file),
  }),
});

export type PopulationMaterial = z.output<typeof populationSchema>;
type TypeMaterial = PopulationMaterial["types"][string];

export interface PopulationFault {
  /** JSON pointer. */
  readonly path: string;
  readonly reason: Bilingual;
}

/** In `bodiesByPillar`: what is written with subjects of no pillar. */
const noPillar = "";

/** What people write with a subject must be there for each, in general or for its pillar. */
function unwritten({ subjects, bodies, bodiesByPillar }: TypeMaterial): number {
  if (bodies !== undefined) return -1;
  return subjects.findIndex(({ pillar }) => bodiesByPillar?.[pillar ?? noPillar] === undefined);
}

type Population = PopulationMaterial;
type Story = Population["stories"][number];
type Manner = Population["usual"];

/** A story's figure differs from another by so much, or chance would tell it. */
const leastDifference = 20;
const waveTimes = 5;

/** Whether a story is what it is called. */
const isSo: Readonly<
  Record<Exclude<StoryKind, "stuck">, (told: { first: Manner; last: Manner; usual: Manner; story: Story }) => boolean>
> = {
  trouble: ({ first, last }) => first.onTime - last.onTime >= leastDifference,
  better: ({ first, last }) => last.onTime - first.onTime >= leastDifference,
  bad: ({ first, last, usual }) => usual.onTime - Math.max(first.onTime, last.onTime) >= leastDifference,
  good: ({ first, last, usual }) =>
    [first, last].every(({ onTime, takes }) => onTime > usual.onTime && takes < usual.takes),
  steady: ({ first, last, usual }) => [first, last].every(({ onTime }) => onTime === usual.onTime),
  wave: ({ story: { phases } }) => {
    const perDay = ({ applications, days = 0 }: Story["phases"][number]) => applications / Math.max(1, days);
    const [usually, wave] = [phases.at(-2), phases.at(-1)];
    if (usually === undefined || wave?.days === undefined) return false;
    return perDay(wave) >= waveTimes * perDay({ ...usually, days: usually.from - wave.from });
  },
};

const kindWords: Readonly<Record<keyof typeof isSo, Bilingual>> = {
  trouble: msg("config-files.populationFile.trouble", { points: leastDifference }),
  better: msg("config-files.populationFile.better", { points: leastDifference }),
  bad: msg("config-files.populationFile.bad", { points: leastDifference }),
  good: msg("config-files.populationFile.good"),
  steady: msg("config-files.populationFile.steady"),
  wave: msg("config-files.populationFile.wave", { times: waveTimes }),
};

/** Whether the stories are what they are called, and about what is there. */
function storyFaults({ stories, usual }: Population, files: SetupFiles | null, report: Report): void {
  stories.forEach((story, i) => {
    const at = ["stories", i];
    const { kind, phases, entity, service } = story;
    const late = phases.findIndex((phase, n) => n > 0 && phase.from >= (phases[n - 1]?.from ?? 0));
    if (late >= 0)
      report("applicationTypes", [...at, "phases", late, "from"], msg("config-files.populationFile.phasesInOrder"));
    const [first, last] = [phases[0], phases.at(-1)].map((phase) => ({ ...usual, ...phase })) as [Manner, Manner];
    if (kind !== "stuck" && !isSo[kind]({ first, last, usual, story }))
      report("applicationTypes", [...at, "kind"], kindWords[kind]);
    if (files === null) return;
    const { applicationTypes, entities, services, pillars, governorates } = files;
    const named = (path: string | number, code: string, rows: typeof entities | typeof pillars, what: Bilingual) =>
      checkReference("applicationTypes", [...at, ...String(path).split("/")], code, rows, what, report);
    named("type", story.type, applicationTypes, msg("config-files.populationFile.applicationType"));
    named("entity", entity, entities, msg("config-files.populationFile.entity"));
    if (story.pillar !== null) named("pillar", story.pillar, pillars, msg("config-files.populationFile.pillar"));
    story.governorates.forEach((code, n) => {
      named(`governorates/${n}`, code, governorates, msg("config-files.populationFile.governorate"));
    });
    if (service === null) return;
    named("service", service, services, msg("config-files.populationFile.service"));
    const provider = services.find(({ code }) => code === service)?.entity ?? entity;
    if (provider !== entity)
      report(
        "applicationTypes",
        [...at, "service"],
        msg("config-files.populationFile.serviceOfAnother", { entity: provider }),
      );
  });
}

/** Whether the types, entities and positions of orders are there. */
function orderFaults({ orders }: Population, files: SetupFiles, report: Report): void {
  const { applicationTypes, entities, people } = files;
  orders.forEach(({ type, from, to, steps }, i) => {
    const at = ["orders", i];
    const position = (path: readonly (string | number)[], wanted: string) => {
      const what = msg("config-files.populationFile.position");
      checkReference("applicationTypes", [...at, ...path], wanted, people.seats, what, report);
    };
    const typeWords = msg("config-files.populationFile.applicationType");
    checkReference("applicationTypes", [...at, "type"], type, applicationTypes, typeWords, report);
    position(["from"], from);
    to.forEach((one, n) => {
      const what = msg("config-files.populationFile.entity");
      checkReference("applicationTypes", [...at, "to", n], one, entities, what, report);
    });
    steps.forEach(({ by }, n) => {
      position(["steps", n, "by"], by);
    });
  });
}

/** @param files the set-up that it goes with; null: only its form is looked at */
export function populationFaults(value: unknown, files: SetupFiles | null): PopulationFault[] {
  const read = populationSchema.safeParse(value);
  if (!read.success)
    return read.error.issues.map((issue) => ({ path: pointerOf(issue.path), reason: reasonOfIssue(issue) }));
  const faults: PopulationFault[] = [];
  const report: Report = (_part, path, reason) => {
    faults.push({ path: pointerOf(path), reason });
  };
  const { types, busy, files: attached } = read.data;
  const drawn = Object.values(types).some(({ weight }) => weight > 0);
  if (!drawn) report("applicationTypes", ["types"], msg("config-files.populationFile.giveOneOfTheTypes"));
  for (const [type, words] of Object.entries(types)) {
    const at = ["types", type];
    const missing = unwritten(words);
    if (missing >= 0)
      report(
        "applicationTypes",
        [...at, "subjects", missing],
        msg("config-files.populationFile.nothingIsThereToWrite"),
      );
    if (files === null) continue;
    checkReference(
      "applicationTypes",
      at,
      type,
      files.applicationTypes,
      msg("config-files.populationFile.applicationType"),
      report,
    );
    const sector = (path: readonly (string | number)[], code: string) =>
      checkReference("sectors", path, code, files.sectors, msg("config-files.populationFile.sector"), report);
    const pillar = (path: readonly (string | number)[], code: string) =>
      checkReference("pillars", path, code, files.pillars, msg("config-files.populationFile.pillar"), report);
    words.subjects.forEach((one, i) => {
      sector([...at, "subjects", i, "sector"], one.sector);
      if (one.pillar !== null) pillar([...at, "subjects", i, "pillar"], one.pillar);
    });
    for (const code of Object.keys(words.bodiesByPillar ?? {}))
      if (code !== noPillar) pillar([...at, "bodiesByPillar", code], code);
  }
  if (files !== null)
    busy.entities.forEach((code, i) => {
      const at = ["busy", "entities", i];
      checkReference("entities", at, code, files.entities, msg("config-files.populationFile.entity"), report);
    });
  storyFaults(read.data, files, report);
  if (files !== null) orderFaults(read.data, files, report);
  for (const list of ["ofApplicants", "ofOffices"] as const) {
    attached[list].forEach(({ form, scene, text, sectors }, i) => {
      const at = ["files", list, i];
      const written = form === "text" || form === "table";
      if (written ? text === undefined : scene === undefined)
        report(
          "applicationTypes",
          [...at, written ? "text" : "scene"],
          written
            ? msg("config-files.populationFile.needsText")
            : msg("config-files.populationFile.needsScene", { scenes: listed(scenes) }),
        );
      if (files === null) return;
      sectors?.forEach((code, k) => {
        checkReference(
          "sectors",
          [...at, "sectors", k],
          code,
          files.sectors,
          msg("config-files.populationFile.sector"),
          report,
        );
      });
    });
  }
  return faults;
}
